import { readRooms } from '../api/rooms';
import { apiBase, publicOrigin } from '../api/server';
import { readStory } from '../api/story';
import { KeepWorker } from '../device/keep-worker';
import { Home } from '../home/home';
import { featured } from '../story/rooms';
import { PublicBar } from '../ui/public-bar';

export default async function HomePage() {
  const page = await readRooms(apiBase()).catch(() => null);
  const room = page && featured(page.items);
  const story = room ? await readStory(apiBase(), room.slug).catch(() => null) : null;
  return (
    <>
      <PublicBar at="/">
        <a className="btn hide-s" href="#start">
          New room
        </a>
      </PublicBar>
      <KeepWorker />
      <Home page={page} story={story} served={Date.now()} origin={await publicOrigin()} />
    </>
  );
}
