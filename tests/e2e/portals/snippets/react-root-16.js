// React 16 and 17.
import { render, unmountComponentAtNode } from "react-dom";

export function open(place, content) {
  render(content, place);
  return { draw: (next) => render(next, place), close: () => unmountComponentAtNode(place) };
}
