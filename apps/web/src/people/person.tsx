'use client';

import { LoadError } from '../forms/load-error';
import { AppBar } from '../shell/app-bar';
import { personLook } from '../story/cast';
import { count } from '../time/format';
import { Avatar } from '../ui/avatar';
import { Empty, SkeletonRows } from '../ui/empty';
import { Standing } from './standing';
import { useOpenRead } from './use-open-read';

/** A person's record: what they earned by merging, reviewing and resolving. */
export function Person({ id }: { id: string }) {
  const read = useOpenRead('users.reputation', { user_id: id }, `users/${encodeURIComponent(id)}/reputation`);
  return (
    <>
      <AppBar />
      <main className="page profile" id="main">
        {read.error && read.missing ? (
          <Empty level={2} icon="search" title="There is no such person" />
        ) : read.error ? (
          <LoadError error={read.error} again={read.again} />
        ) : read.data ? (
          <>
            <section className="hero">
              <Avatar look={personLook(read.data.user.id, read.data.user.display_name)} size={88} />
              <div>
                <h1>{read.data.user.display_name}</h1>
                <p className="own_">@{read.data.user.username}</p>
              </div>
              <div className="lv">
                <div className="n_">
                  <b className="num">Level {read.data.level}</b>
                  <span className="end sm t2 num">{count(read.data.xp)} XP</span>
                </div>
              </div>
            </section>
            <Standing of={read.data} history={read.data.history} />
          </>
        ) : (
          <SkeletonRows rows={4} shell />
        )}
      </main>
    </>
  );
}
