// Replaces SharePoint Framework's base class, which does not run outside SharePoint.
export class BaseClientSideWebPart {}
