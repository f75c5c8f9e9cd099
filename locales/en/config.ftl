### What is wrong in config.json, and with a tenant as typed. The rule, then the mend.

config-too-large = config.json has { $bytes } bytes and at most { $most } are read, so shorten it.
config-not-utf8 = config.json is not UTF-8 text, so save it as UTF-8.
config-not-json = config.json is not JSON from line { $line }, column { $column } on, so correct it there.
config-not-an-object = config.json has to be one object, so begin it with {"{"} and end it with {"}"}.
config-unknown-key = config.json has no key { $key }, so remove it or correct its name.
config-repeated-key = The key { $key } comes twice in config.json, so keep one of them.
config-unseen = The value or name of { $key } in config.json has { $character } as its character { $position }, which nobody can see, so delete it.
config-not-text = The value of { $key } in config.json has to be a text, so put it in double quotes.
config-not-members = The value of { $key } in config.json has to be an object, so put it in braces.
config-not-list = The value of { $key } in config.json has to be a list, so put it in square brackets.
config-too-many-parents = config.json names { $count } parents and at most { $most } are read, so keep those that are in use.
config-parent = config.json names a parent { $parent }, which is no origin, so write https://, the host in lower case (xn-- if international), a port unless it is 443, and nothing after it.
config-repeated-parent = The parent { $parent } comes twice in config.json, so keep one of them.
config-client-id = The value of { $key } in config.json is no application (client) ID, so copy the GUID from the app registration.
config-cloud = config.json names a cloud { $cloud }, so write public, usgov or usgov-dod.
config-tenant = The tenant in config.json is refused: { $reason }
config-line-empty = The value of { $key } in config.json is empty, so write it or remove the key.
config-line-too-long = The value of { $key } in config.json has { $length } characters and at most { $most } fit, so shorten it.
config-line-edge-blank = The value of { $key } in config.json begins or ends with a space, so remove that space.
config-same-name = config.json gives both apps the same name, so change names.serverApp or names.clientApp.
config-newer = config.json is of version { $version } and this page reads version { $reads }, so publish the newer page or write the file for version { $reads }.
config-version = The value of version in config.json has to be the number { $reads }, so correct it or remove the key.
config-not-boolean = The value of { $key } in config.json has to be true or false, without quotes.
config-uri-form = config.json names a form of App ID URI { $form }, so write tenant-app, tenant-name or domain-name.
config-uri-name = The name { $name } of appIdUri.name in config.json is refused, so write at most { $most } letters a to z, digits, hyphens, dots and underscores, a letter or digit first.
config-uri-domain = The domain of appIdUri.domain in config.json is refused: { $reason }
config-sign-in-age = The value of signInAge in config.json has to be a whole number of minutes from 5 to 720, without quotes.
config-secret-life = The value of secretLife in config.json has to be a number of days that the page offers, so write 365 or 730, without quotes.
config-contact = The contact { $link } of organization.contact in config.json is no link, so write https:// with a host name in lower case, or mailto: and one address.
config-help-url = The link { $link } of organization.helpUrl in config.json is refused, so write https://, a host name in lower case, and the path.
config-logo = config.json names a logo { $file }, which is no file beside the page, so put logo.svg or logo.png beside index.html and write its name alone, in lower case.

config-tenant-empty = Type the tenant's ID or one of its domains.
config-tenant-not-one = Type one tenant's ID or domain instead of a word for several tenants.
config-tenant-account = This is the name of an account, so type only the domain after the @.
config-tenant-guid = A tenant ID is 32 hexadecimal digits with hyphens, so copy it again from the Entra overview page.
