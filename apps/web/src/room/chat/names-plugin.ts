/** The parts of a hypertext tree that these plugins touch. */
interface Node {
  type: string;
  value?: string;
  tagName?: string;
  properties?: Record<string, string>;
  children?: Node[];
}

/** Markup that somebody wrote is shown as the text it is, before anything can take it for markup. */
export function rawAsText() {
  return (tree: Node): void => {
    const visit = (node: Node): void => {
      if (node.type === 'raw') node.type = 'text';
      node.children?.forEach(visit);
    };
    visit(tree);
  };
}

/** Text in which somebody or a task may be named. */
const NAMING = /@|T-\d/;

/**
 * Puts text that may name somebody or a task into an element of its own, which looks up who that is when it is drawn:
 * the tree of a text then stays the same whoever comes and goes. Never inside code or links.
 */
export function namingText() {
  const visit = (node: Node): void => {
    if (node.tagName === 'code' || node.tagName === 'pre' || node.tagName === 'a') return;
    if (!node.children) return;
    node.children = node.children.map((child): Node => {
      visit(child);
      const names = child.type === 'text' && NAMING.test(child.value ?? '');
      return names ? { type: 'element', tagName: 'ct-text', properties: {}, children: [child] } : child;
    });
  };
  return visit;
}
