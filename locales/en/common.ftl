### Words used on every page. One sentence per message. Arguments: { "{" } $name { "}" }; plurals by Fluent's choice syntax.

product-name = CMG Entra Setup
action-copy = Copy
