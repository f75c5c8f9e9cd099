### The two apps: names, home page, secret.

cmg-secret-one-year = 1 year
cmg-secret-two-years = 2 years

cmg-name-empty = Type a name.
cmg-name-too-long = The name has { $length } characters and the limit is { $most }, so shorten it.
cmg-name-unseen = Character { $position } ({ $character }) is invisible, so delete it or type the name again.
cmg-name-edge-blank = The name begins or ends with a space, so remove that space.

cmg-home-page-empty = Type a home page URL, such as { $example }.
cmg-home-page-too-long = The home page URL has { $length } characters and the limit is { $most }, so shorten it.
cmg-home-page-scheme = A home page URL must begin with https:// or http://, so type it in full.
cmg-home-page-host = Only a host name can follow //, without a user name, so type it like https://cmg.contoso.com.
cmg-home-page-character = Character { $position } ({ $character }) is not allowed in a URL, so delete it or type the URL again.
