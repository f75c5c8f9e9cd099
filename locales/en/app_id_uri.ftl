### Validation results for an App ID URI. One sentence each: the rule, then what to do after "so".

# Names of the choices and of the outcomes.
validation-form-tenant-and-app = Tenant ID + app ID
validation-form-tenant-and-name = Tenant ID + name
validation-form-domain-and-name = Verified domain + name
validation-form-own = Custom text
validation-outcome-accepted = Accepted
validation-outcome-not-recommended = Accepted, not recommended
validation-outcome-cannot-tell = Cannot tell
validation-outcome-refused-by-policy = Refused by this tenant's policy
validation-outcome-refused-by-entra = Refused by Entra

# Not a URI that Entra can accept.
validation-empty = Type an App ID URI that begins with api:// or https://.
validation-too-long = The URI has { $length } characters and Entra accepts at most { $most }, so shorten it.
validation-space = Character { $position } is a space, which a URI cannot contain, so remove it.
validation-unseen = Character { $position } ({ $character }) is invisible, so delete it or type the URI again.
validation-not-ascii = Character { $position } ({ $character }) is not a plain letter, digit or sign even if it looks like one, so type it again.
validation-placeholder = The character { $character } marks a placeholder, so put the ID or the name itself there.
validation-character = Character { $position } ({ $character }) is not allowed in a URI, so remove it.
validation-wildcard = Entra accepts no wildcard in an App ID URI, so write a name instead of *.
validation-percent = Two hexadecimal digits must follow % at character { $position }, so complete or remove it.
validation-no-scheme = A URI begins with a scheme, so put api:// or https:// in front.
validation-no-slashes = Two slashes must follow { $scheme }:, so write { $scheme }://.
validation-urn-shape = A namespace and a name must follow urn:, so write it like urn:contoso:cmg.
validation-no-host = Nothing is between // and the next slash, so put the tenant ID or a verified domain there.
validation-user-info = An App ID URI cannot contain a user name, so remove it together with the @.
validation-port-number = A port number from 1 to 65535 must follow the colon, so correct it or remove it with its colon.
validation-host = { $host } is not a valid host name, so write parts of letters, digits and inner hyphens with one dot between.
validation-dot-segment = A part of the path has only dots, and programs that resolve it change the URI, so remove it.
validation-trailing-slash = Entra accepts no App ID URI that ends with a slash, so remove the last slash.

# Accepted.
validation-accepted-safest = This URI passes every rule of Entra and both tenant policies, so enter exactly this text in Configuration Manager.
validation-accepted-recommended = Entra and this tenant accept this URI and Configuration Manager recommends its format, so enter exactly this text there.
validation-accepted-already-there = The app has this URI already and Entra keeps it, so enter exactly this text in Configuration Manager.

# Accepted, not recommended.
validation-warning-kept-from-before = The app already has this URI but Entra would not accept it again, so do not remove it.
validation-warning-not-tenant-bound = Nothing in this URI is unique to the tenant, which Microsoft calls insecure, so prefer tenant ID + app ID.
validation-warning-http = Microsoft's secure formats begin with api or https, so write https instead of http.
validation-warning-urn = Entra accepts a urn but Microsoft's secure formats and Configuration Manager's formats do not include one, so prefer tenant ID + app ID.
validation-warning-tail = Entra accepts a ? or # part but no recommended format has one, so remove that part.
validation-warning-port = No recommended format has a port number, so remove it with its colon.
validation-warning-not-listed = This format names the tenant but is not on Microsoft's list of secure formats, so prefer tenant ID + app ID.
validation-warning-not-configmgrs = Entra accepts this URI but Configuration Manager recommends tenant ID + name or verified domain + name, so prefer one of these formats.
validation-warning-upper-case = The URI is compared letter by letter, so write scheme, host and IDs in lower case to have one spelling everywhere.

# Cannot tell.
validation-missing-tenant = The GUID after api:// must be the tenant ID, which is unknown here, so sign in or enter it.
validation-missing-own-id = The GUID in this URI may be the app's own ID, which is unknown here, so enter it.
validation-missing-domains = It is unknown here whether { $host } is a verified domain, so sign in or enter the tenant's domains.
validation-missing-spelling = The app { $app } has this URI with different capitalization and Microsoft does not say whether Entra distinguishes them, so choose another name or tenant ID + app ID.
validation-missing-scheme = Microsoft does not say whether Entra accepts the scheme { $scheme }, so begin with api:// or https://.
validation-missing-unique-identifier = Many tenants refuse a URI without tenant ID, app ID or verified domain and this tenant's policy is unknown, so prefer tenant ID + app ID.
validation-missing-place = Microsoft does not say whether the tenant's policy recognizes an ID in this position of a URI, so prefer tenant ID + app ID.
validation-missing-default-only = Some tenants refuse every URI except api:// with the app ID and this tenant's policy is unknown, so prefer tenant ID + app ID.
validation-missing-exemption = A policy of this tenant refuses this URI unless the app or you are exempt, which is unknown here, so prefer tenant ID + app ID.

# Refused by this tenant's policy.
validation-policy-default-only = A policy of this tenant accepts only api:// with the app ID, alone or after the tenant ID, so choose tenant ID + app ID.
validation-policy-unique-identifier = A policy of this tenant accepts only a URI with tenant ID, app ID or verified domain, so choose tenant ID + app ID.

# Refused by Entra.
validation-entra-console-default = Entra no longer accepts Configuration Manager's default because ConfigMgrService is not a verified domain, so choose tenant ID + app ID and replace the default in the console too.
validation-entra-never-a-domain = Entra accepts this scheme only with a verified domain, which { $host } cannot be, so choose a verified domain or tenant ID + app ID.
validation-entra-other-cloud = Entra accepts this scheme only with a verified domain and { $host } is a domain of another cloud, so choose a domain of this tenant or tenant ID + app ID.
validation-entra-international = { $host } stands for letters other than a to z, which can look like other letters, and is not a verified domain of this tenant, so choose a verified domain or tenant ID + app ID.
validation-entra-not-verified = { $host } is neither a verified domain of this tenant nor a subdomain of one, so choose a verified domain or tenant ID + app ID.
validation-entra-foreign-guid = The GUID after api:// is neither the tenant ID nor the app's own ID, so use one of them there.
validation-entra-taken = The app { $app } already has this URI and Entra accepts it only once in a tenant, so choose another name or tenant ID + app ID.
validation-entra-taken-by-deleted = The deleted app { $app } still holds this URI, so restore that app, delete it permanently or choose another URI.

# A domain name.
domain-empty = Type a domain, such as contoso.onmicrosoft.com.
domain-character = Character { $position } ({ $character }) is not a letter a to z, digit, hyphen or dot, so type the domain again.
domain-part = Each part between dots must begin and end with a letter or digit and have at most 63 characters, so correct the domain.
domain-not-a-domain = A domain has at least one dot and does not end with a number, so type it in full, such as contoso.onmicrosoft.com.
