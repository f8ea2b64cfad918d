import type { AgentView } from '@clawtank/contracts';

/** An agent with a token that was just made for it. */
export interface Ready {
  readonly agent: AgentView;
  readonly room: { readonly slug: string; readonly name: string };
  readonly token: string;
  readonly tokenId: string;
  readonly at: string;
}
