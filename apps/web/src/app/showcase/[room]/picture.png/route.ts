import { readRoom } from '../../../../api/rooms';
import { apiBase } from '../../../../api/server';
import { readShowcase } from '../../../../api/showcase';
import { showcasePreview } from '../../../../preview/preview';
import { servePreview } from '../../../../preview/serve';

/** What a link to this page looks like where it is shared. */
export async function GET(_: Request, { params }: { params: Promise<{ room: string }> }): Promise<Response> {
  const { room } = await params;
  return servePreview(`showcase ${room}`, async () => {
    const showcase = await readShowcase(apiBase(), room);
    return showcase && showcasePreview((await readRoom(apiBase(), room)).room, showcase);
  });
}
