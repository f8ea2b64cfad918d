import type { OpenApiDocument } from './open-api.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: unknown): string =>
  (typeof value === 'string' ? value : '').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '');

const STYLE = `
  :root { color-scheme: light dark; --line: #8884; --soft: #8882; }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
  details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; padding: .3rem .7rem; }
  summary { cursor: pointer; display: flex; gap: .7rem; align-items: baseline; flex-wrap: wrap; }
  summary b { font-family: ui-monospace, monospace; min-width: 4.2rem; }
  code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
  summary span { opacity: .75; }
  pre { background: var(--soft); padding: .7rem; overflow: auto; border-radius: 6px; }`;

type Operation = Readonly<Record<string, unknown>>;

function operation(path: string, method: string, given: Operation): string {
  const { tags: _tags, summary, operationId, responses: _responses, ...rest } = given;
  return `<details id="${text(operationId)}"><summary><b>${text(method.toUpperCase())}</b>
    <code>${text(path)}</code><span>${text(summary)}</span></summary>
    <p>${text(operationId)}</p><pre>${text(JSON.stringify(rest, null, 2))}</pre></details>`;
}

function section(document: OpenApiDocument, tag: { name: string; description: string }): string {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, given]) => Array.isArray(given['tags']) && given['tags'].includes(tag.name))
      .map(([method, given]) => operation(path, method, given)),
  );
  return `<h2 id="${text(tag.name)}">${text(tag.name)}</h2><p>${text(tag.description)}</p>${operations.join('')}`;
}

/** The document as one page that needs no script and no other host. */
export function docsPage(document: OpenApiDocument): string {
  const { info, servers, tags } = document;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(info.title)} API</title><style>${STYLE}</style></head><body>
<h1>${text(info.title)} API ${text(info.version)}</h1><p>${text(info.description)}</p>
<p>Paths are below <code>${text(servers[0]?.url)}</code>. Machines read
<a href="/api/openapi.json">/api/openapi.json</a>.</p>
${tags.map((tag) => section(document, tag)).join('\n')}
<h2 id="errors">Errors</h2><pre>${text(JSON.stringify(document.components['schemas'], null, 2))}</pre>
</body></html>`;
}
