### Errors beside fields that depend on more than one value.

field-same-app-name = Both apps have the same name. Give the native (client) app another name, to distinguish them in the console's lists.
field-choose-domain = Choose or type a verified domain of the tenant.
field-subscription-not-guid = This is not a subscription ID. Choose a subscription from the list.
field-existing = A stored answer about an existing pair is not valid ({ $part }). Choose the pair again on the page "Check an existing pair".
