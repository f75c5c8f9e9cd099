// A SharePoint page with the web part of docs/portals/sharepoint.md.
import CmgCheckWebPart from "./CmgCheckWebPart";

const part = new CmgCheckWebPart();
part.domElement = document.getElementById("portal");
window.tokens = [];
part.context = {
  aadTokenProviderFactory: {
    getTokenProvider: async () => ({
      getToken: async (...asked) => (window.tokens.push(asked), "token of SharePoint"),
    }),
  },
};
part.render();
const { shown } = part;
part.render();
window.isOne = shown === part.shown;
window.part = part;
