### Words used on every page. One sentence per message. Arguments: { "{" } $name { "}" }; plurals by Fluent's choice syntax.

product-name = CMG Entra Setup
action-copy = Copy
action-copied = Copied
demo-request-count = { $count ->
    [one] One request
   *[other] { $count } requests
}
