import { apiBase } from '../../../../api/server';
import { readStory } from '../../../../api/story';
import { roomPreview } from '../../../../preview/preview';
import { servePreview } from '../../../../preview/serve';

/** What a link to this page looks like where it is shared. */
export async function GET(_: Request, { params }: { params: Promise<{ room: string }> }): Promise<Response> {
  const { room } = await params;
  return servePreview(`room ${room}`, async () => roomPreview(await readStory(apiBase(), room)));
}
