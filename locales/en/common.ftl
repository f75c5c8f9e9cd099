### Words used on every page. One sentence per message. Arguments: { "{" } $name { "}" }; plurals by Fluent's choice syntax.

product-name = CMG Entra Setup
action-copy = Copy

# A part of the program is loaded when it is needed.
part-loading = The page is loading.
part-failed-title = A file of this page cannot be loaded
part-failed = Nothing was changed. Check the network connection, then try again. If that does not help, tell the site owner to publish all files again, together. The file is { $file }.
part-failed-retry = Try again
