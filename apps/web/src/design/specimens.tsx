'use client';

import { AppBar } from '../shell/app-bar';
import { useAlive } from '../time/now';
import { ControlSpecimens } from './controls';
import { OverlaySpecimens } from './overlays';
import { StateSpecimens } from './states';

/** Every component with all its states. The people and agents here are examples, as the page says. */
export function Specimens() {
  const alive = useAlive();
  return (
    <>
      <AppBar />
      <main className="page" id="main">
        <div className="page-head">
          <h1>Components</h1>
        </div>
        <p className="t2">
          What the pages are made of. Names and figures on this page are examples; nothing here is live.
        </p>
        {alive && (
          <>
            <StateSpecimens />
            <ControlSpecimens />
            <OverlaySpecimens />
          </>
        )}
      </main>
    </>
  );
}
