### Errors in config.json and in a tenant that was typed. The rule, then what to do after "so".

config-too-large = config.json has { $bytes } bytes and the limit is { $most }, so shorten it.
config-not-utf8 = config.json is not UTF-8 text, so save it as UTF-8.
config-not-json = config.json is not valid JSON at line { $line }, column { $column }, so correct it there.
config-not-an-object = config.json must be one object, so begin it with {"{"} and end it with {"}"}.
config-unknown-key = The key { $key } in config.json is unknown, so remove it or correct its name.
config-repeated-key = The key { $key } appears twice in config.json, so keep one of them.
config-unseen = Character { $position } ({ $character }) in the value or name of { $key } in config.json is invisible, so delete it.
config-not-text = The value of { $key } in config.json must be text, so put it in double quotes.
config-not-members = The value of { $key } in config.json must be an object, so put it in braces.
config-not-list = The value of { $key } in config.json must be a list, so put it in square brackets.
config-too-many-parents = config.json lists { $count } parents and the limit is { $most }, so keep those that are in use.
config-parent = The parent { $parent } in config.json is not an origin, so write https://, the host name in lower case (xn-- if international), a port unless it is 443, and nothing after it.
config-repeated-parent = The parent { $parent } appears twice in config.json, so keep one of them.
config-client-id = The value of { $key } in config.json is not an application (client) ID, so copy the GUID from the app registration.
config-cloud = The cloud { $cloud } in config.json is unknown, so write public, usgov or usgov-dod.
config-tenant = The tenant in config.json is not valid: { $reason }
config-line-empty = The value of { $key } in config.json is empty, so enter a value or remove the key.
config-line-too-long = The value of { $key } in config.json has { $length } characters and the limit is { $most }, so shorten it.
config-line-edge-blank = The value of { $key } in config.json begins or ends with a space, so remove that space.
config-same-name = config.json gives both apps the same name, so change names.serverApp or names.clientApp.
config-newer = config.json has version { $version } and this page reads version { $reads }, so publish the newer page or write the file for version { $reads }.
config-version = The value of version in config.json must be the number { $reads }, so correct it or remove the key.
config-not-boolean = The value of { $key } in config.json must be true or false, without quotes.
config-uri-form = The App ID URI form { $form } in config.json is unknown, so write tenant-app, tenant-name or domain-name.
config-uri-name = The value { $name } of appIdUri.name in config.json is not valid, so write at most { $most } letters a to z, digits, hyphens, dots and underscores, a letter or digit first.
config-uri-domain = The value of appIdUri.domain in config.json is not valid: { $reason }
config-sign-in-age = The value of signInAge in config.json must be a whole number of minutes from 5 to 720, without quotes.
config-secret-life = The value of secretLife in config.json must be a number of days that the page offers, so write 365 or 730, without quotes.
config-contact = The value { $link } of organization.contact in config.json is not a valid link, so write https:// with a host name in lower case, or mailto: and one address.
config-help-url = The value { $link } of organization.helpUrl in config.json is not a valid link, so write https://, a host name in lower case, and the path.
config-logo = The logo { $file } in config.json is not the name of a file beside the page, so put logo.svg or logo.png beside index.html and write only its name, in lower case.

config-tenant-empty = Type the tenant's ID or one of its domains.
config-tenant-not-one = Type one tenant's ID or domain instead of a word for several tenants.
config-tenant-account = This is the name of an account, so type only the domain after the @.
config-tenant-guid = A tenant ID is 32 hexadecimal digits with hyphens, so copy it again from the Entra overview page.
