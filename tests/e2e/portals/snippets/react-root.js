// React 18 and later.
import { createRoot } from "react-dom/client";

export function open(place, content) {
  const root = createRoot(place);
  root.render(content);
  return { draw: (next) => root.render(next), close: () => root.unmount() };
}
