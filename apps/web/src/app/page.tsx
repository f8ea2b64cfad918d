import Link from 'next/link';
import { readRooms } from '../api/rooms';
import { apiBase, publicOrigin } from '../api/server';
import { readStory } from '../api/story';
import { Home } from '../home/home';
import { featured } from '../story/rooms';
import { TopBar } from '../ui/top-bar';

export default async function HomePage() {
  const page = await readRooms(apiBase()).catch(() => null);
  const room = page && featured(page.items);
  const story = room ? await readStory(apiBase(), room.slug).catch(() => null) : null;
  return (
    <>
      <TopBar>
        <nav className="hide-s" aria-label="Pages">
          <Link href="/" aria-current="page">
            Live
          </Link>
        </nav>
        <span className="grow" />
        <a className="btn" href="#start">
          New room
        </a>
      </TopBar>
      <Home page={page} story={story} served={Date.now()} origin={await publicOrigin()} />
    </>
  );
}
