// What of SharePoint Framework the web part needs while it runs: nothing of it runs outside SharePoint.
export class BaseClientSideWebPart {}
