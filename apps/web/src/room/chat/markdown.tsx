'use client';

import { memo, type ReactElement, type ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { Named } from './named';
import { namingText, rawAsText } from './names-plugin';

/** No pictures: they would be fetched from other hosts. */
const ELEMENTS = [
  ...['p', 'a', 'em', 'strong', 'del', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote', 'br', 'hr'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'ct-text'],
];

const Heading = ({ children }: { children?: ReactNode }) => <p className="mdh">{children}</p>;

const NAMED = {
  'ct-text': ({ children }: { children?: ReactNode }) =>
    typeof children === 'string' ? <Named text={children} /> : children,
};

const COMPONENTS: Components = {
  ...NAMED,
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  a: ({ href, children }) => (
    <a className="link" href={href} target="_blank" rel="noreferrer noopener nofollow">
      {children}
    </a>
  ),
  pre: ({ children }) => (
    <pre className="block" tabIndex={0}>
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <div className="mdtable" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
};

const REMARK = [remarkGfm];
const REHYPE = [rawAsText, rehypeSanitize, namingText];

/** Texts whose elements are kept, the last read ones: rows come and go as one scrolls, and reading takes a while. */
const KEPT = 500;
const read = new Map<string, ReactElement>();

function elementsOf(text: string): ReactElement {
  // It has no hooks, so its elements depend on the text alone.
  const elements =
    read.get(text) ??
    Markdown({
      children: text,
      remarkPlugins: REMARK,
      rehypePlugins: REHYPE,
      components: COMPONENTS,
      allowedElements: ELEMENTS,
      unwrapDisallowed: true,
    });
  read.delete(text);
  read.set(text, elements);
  const [oldest] = read.keys();
  if (read.size > KEPT && oldest !== undefined) read.delete(oldest);
  return elements;
}

/** What somebody wrote, as markdown. Markup in it stays text, and a link can only be a link. */
export const Words = memo(function Words({ text }: { text: string }) {
  return (
    <div className="md" dir="auto">
      {elementsOf(text)}
    </div>
  );
});
