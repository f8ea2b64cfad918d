import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { ailing, Examination, type Finding, well } from '@clawtank/kernel';
import type { WebhookProvider } from '../domain/webhook-provider.js';
import { type ConnectionFigures, connectionFigures } from '../persistence/connections.js';
import { NewsAddresses } from './news-addresses.js';

const NAMES: Readonly<Record<WebhookProvider, string>> = { github: 'GitHub', gitlab: 'GitLab' };

/** How rooms on code hosts are told of news there, and whether anything stands in the way of their work. */
@Injectable()
export class ConnectionsExamination extends Examination {
  constructor(
    private readonly database: Database,
    private readonly addresses: NewsAddresses,
  ) {
    super();
  }

  override async examine(): Promise<readonly Finding[]> {
    const figures = await this.database.transaction((tx) => connectionFigures(tx));
    return figures.flatMap((one) => [...this.news(one), ...limits(one), ...obstacles(one)]);
  }

  private news({ provider, rooms, untold, trouble }: ConnectionFigures): Finding[] {
    const host = NAMES[provider];
    if (this.addresses.of(provider) === undefined) {
      const found = `${host} can’t tell this server of news: ${rooms} ${plural(rooms)} looked at regularly instead.`;
      const mend = `Set CLAWTANK_URL to an address of this server that ${host} reaches.`;
      return [ailing('news', 'warning', found, mend)];
    }
    if (untold === 0) return [well('news', `${host} tells of news in all ${rooms} rooms there.`)];
    const found = `${untold} of ${rooms} rooms on ${host} have no webhook that works: ${trouble ?? 'not set up yet'}`;
    const mend = 'It is tried again by itself. The settings of each room say what it lacks.';
    return [ailing('news', 'warning', found, mend)];
  }
}

const plural = (rooms: number): string => (rooms === 1 ? 'room is' : 'rooms are');

function limits({ provider, limitedUntil }: ConnectionFigures): Finding[] {
  if (!limitedUntil) return [];
  const found = `${NAMES[provider]} is limiting us until ${limitedUntil.toISOString().slice(11, 16)} UTC.`;
  const mend = 'It passes by itself. Rooms with tokens of their own have limits of their own.';
  return [ailing('limits', 'warning', found, mend)];
}

function obstacles({ provider, hindered, obstacle }: ConnectionFigures): Finding[] {
  if (hindered === 0) return [];
  const found = `Something stands in the way in ${hindered} of the rooms on ${NAMES[provider]}: ${obstacle?.found ?? ''}`;
  return [
    ailing('permissions', 'warning', found, obstacle?.mend ?? 'The settings of the room say what it is.'),
  ];
}
