### Sentences beside fields that no single type can tell.

field-same-app-name = Both apps have the same name. Give the native (client) app another one, so that the console's lists tell them apart.
field-choose-domain = Choose one of the verified domains.
field-subscription-not-guid = This is not a subscription ID. Choose a subscription from the list.
field-existing = A stored answer about an existing pair is not valid ({ $part }). Choose the pair again on the page that checks one.
