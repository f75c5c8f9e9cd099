### What is told about an App ID URI. One sentence each: the rule, then the mend after "so".

# Names of the choices and of the outcomes.
judge-form-tenant-and-app = Tenant ID + app ID
judge-form-tenant-and-name = Tenant ID + name
judge-form-domain-and-name = Verified domain + name
judge-form-own = Own text
judge-outcome-accepted = Accepted
judge-outcome-not-recommended = Accepted, not recommended
judge-outcome-cannot-tell = Cannot tell
judge-outcome-refused-by-policy = Refused by this tenant's policy
judge-outcome-refused-by-entra = Refused by Entra

# Not a URI Entra could take.
judge-empty = Type an App ID URI that begins with api:// or https://.
judge-too-long = The URI has { $length } characters and Entra takes at most { $most }, so shorten it.
judge-space = Character { $position } is a space, which no URI has, so remove it.
judge-unseen = Character { $position } ({ $character }) is one nobody can see, so delete it or type the URI again.
judge-not-ascii = Character { $position } ({ $character }) is no plain letter, digit or sign even if it looks like one, so type it again.
judge-placeholder = The sign { $character } marks a place to fill in, so put the ID or the name itself there.
judge-character = Character { $position } ({ $character }) cannot stand in a URI, so remove it.
judge-wildcard = Entra takes no wildcard in an App ID URI, so write a name in place of *.
judge-percent = After % at character { $position } come two hexadecimal digits, so complete or remove it.
judge-no-scheme = A URI begins with a scheme, so put api:// or https:// in front.
judge-no-slashes = After { $scheme }: come two slashes, so write { $scheme }://.
judge-urn-shape = After urn: come a namespace and a name, so write it like urn:contoso:cmg.
judge-no-host = Nothing stands between // and the next slash, so put the tenant ID or a verified domain there.
judge-user-info = An App ID URI has no user name, so remove everything from // to @.
judge-port-number = After the colon comes a port number from 1 to 65535, so correct it or remove it with its colon.
judge-host = { $host } is no host name, so write parts of letters, digits and inner hyphens with one dot between.
judge-dot-segment = A part of the path is made of dots only, which programs resolve and so change the URI, so remove it.
judge-trailing-slash = Entra takes no App ID URI that ends with a slash, so remove the last slash.

# Accepted.
judge-accepted-safest = This URI passes every rule of Entra and both tenant policies, so enter exactly this text in Configuration Manager.
judge-accepted-recommended = Entra and this tenant take this URI and Configuration Manager recommends its format, so enter exactly this text there.
judge-accepted-already-there = The app has this URI already and Entra keeps it, so enter exactly this text in Configuration Manager.

# Accepted, not recommended.
judge-remark-kept-from-before = The app keeps this URI from before but Entra would not take it again, so leave it where it is.
judge-remark-not-tenant-bound = Nothing in this URI is unique to the tenant, which Microsoft calls insecure, so prefer tenant ID + app ID.
judge-remark-http = Microsoft's secure formats begin with api or https, so write https in place of http.
judge-remark-urn = Entra takes a urn but neither Microsoft's secure formats nor Configuration Manager's have one, so prefer tenant ID + app ID.
judge-remark-tail = No recommended format has a ? or # part although Entra takes it, so remove that part.
judge-remark-port = No recommended format has a port number, so remove it with its colon.
judge-remark-not-listed = This format is not on Microsoft's list of secure ones although it names the tenant, so prefer tenant ID + app ID.
judge-remark-not-configmgrs = Entra takes this URI but Configuration Manager recommends tenant ID + name or verified domain + name, so prefer a format that begins so.
judge-remark-upper-case = The URI is compared letter by letter, so write scheme, host and IDs in small letters to have one spelling everywhere.

# Cannot tell.
judge-missing-tenant = The GUID after api:// has to be the tenant ID, which is not known here, so sign in or enter it.
judge-missing-own-id = The GUID in this URI may be the app's own ID, which is not known here, so enter it.
judge-missing-domains = Whether { $host } is a verified domain is not known here, so sign in or enter the tenant's domains.
judge-missing-spelling = The app { $app } has this URI in other capitals and Microsoft does not say whether Entra tells them apart, so choose another name or tenant ID + app ID.
judge-missing-scheme = Microsoft does not say whether Entra takes the scheme { $scheme }, so begin with api:// or https://.
judge-missing-unique-identifier = Many tenants refuse a URI without tenant ID, app ID or verified domain and this one's policy is not known, so prefer tenant ID + app ID.
judge-missing-place = Microsoft does not say whether the tenant's policy finds an ID in this place of a URI, so prefer tenant ID + app ID.
judge-missing-default-only = Some tenants refuse every URI but api:// with the app ID and this one's policy is not known, so prefer tenant ID + app ID.
judge-missing-exemption = A policy of this tenant refuses this URI unless the app or you are exempt, which is not known here, so prefer tenant ID + app ID.

# Refused by this tenant's policy.
judge-policy-default-only = A policy of this tenant takes only api:// with the app ID, alone or after the tenant ID, so choose tenant ID + app ID.
judge-policy-unique-identifier = A policy of this tenant takes only a URI with tenant ID, app ID or verified domain, so choose tenant ID + app ID.

# Refused by Entra.
judge-entra-console-default = Entra no longer takes Configuration Manager's default because ConfigMgrService is no verified domain, so choose tenant ID + app ID and replace the default in the console too.
judge-entra-never-a-domain = Entra takes this scheme only with a verified domain, which { $host } cannot be, so choose a verified domain or tenant ID + app ID.
judge-entra-other-cloud = Entra takes this scheme only with a verified domain and { $host } is one of another cloud, so choose a domain of this tenant or tenant ID + app ID.
judge-entra-international = { $host } stands for letters beyond a to z that may pass for others and is no verified domain of this tenant, so choose a verified domain or tenant ID + app ID.
judge-entra-not-verified = { $host } is neither a verified domain of this tenant nor below one, so choose a verified domain or tenant ID + app ID.
judge-entra-foreign-guid = The GUID after api:// is neither the tenant ID nor the app's own ID, so put one of them there.
judge-entra-taken = The app { $app } has this URI and Entra takes it only once in a tenant, so choose another name or tenant ID + app ID.
judge-entra-taken-by-deleted = The deleted app { $app } still holds this URI, so restore that app, delete it for good or choose another URI.

# A domain name.
domain-empty = Type a domain, such as contoso.onmicrosoft.com.
domain-character = Character { $position } ({ $character }) is no letter a to z, digit, hyphen or dot, so type the domain again.
domain-part = Each part between dots begins and ends with a letter or digit and has at most 63, so correct the domain.
domain-not-a-domain = A domain has at least one dot and no number at the end, so type it in full, such as contoso.onmicrosoft.com.
