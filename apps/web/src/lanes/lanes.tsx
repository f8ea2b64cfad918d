'use client';

import { useMemo } from 'react';
import type { Cast } from '../story/cast';
import { type Lane, lanesOf, minutesShown, type Period, percent, saidBy, ticks } from '../story/lanes';
import type { RoomFacts, RoomStory } from '../story/room-story';
import { counted } from '../time/format';
import { useNow } from '../time/now';
import { Avatar } from '../ui/avatar';
import { Clock } from '../ui/moment';
import { pct, placed } from '../ui/placed';
import { AgentStatusLine } from '../ui/status';
import { LaneTrack } from './lane-track';

interface LanesProps {
  readonly story: RoomStory<RoomFacts>;
  readonly cast: Cast;
  /** The server's moment, for the first render. */
  readonly served: number;
  /** When the room ended; its lanes stand still there. */
  readonly ended: number | null;
}

/** The period shown, sliding with the clock while the room is open. */
function usePeriod({ story, served, ended }: LanesProps): { period: Period; minutes: number } {
  const now = useNow(served);
  const to = ended ?? now;
  const minutes = minutesShown(story.log, to);
  return { period: { from: to - minutes * 60_000, to }, minutes };
}

function useLanes({ story }: LanesProps): readonly Lane[] {
  return useMemo(() => lanesOf(story.snapshot, story.log), [story]);
}

/** Room for as many lanes as there are agents, in three heights. */
function density(agents: number): string {
  if (agents <= 3) return 'roomy';
  return agents <= 6 ? 'snug' : 'dense';
}

/** Everybody's work, people's words and the clock: the stage of a room. */
export function Lanes(props: LanesProps) {
  const { story, cast, served, ended } = props;
  const { period, minutes } = usePeriod(props);
  const lanes = useLanes(props);
  return (
    <section
      className={`lanes stage-lanes ${density(lanes.length)}`}
      aria-label={`The last ${minutes} minutes`}
    >
      {lanes.map((lane) => (
        <LaneRow key={lane.agent.agent.id} lane={lane} period={period} cast={cast} story={story} />
      ))}
      <PeopleRow story={story} cast={cast} period={period} />
      <Legend />
      <div className="axis num" aria-hidden="true">
        {ticks(period).map((at) => (
          <span key={at} className="tick" ref={placed({ '--x': pct(percent(at, period)) })}>
            <Clock at={new Date(at).toISOString()} served={served} />
          </span>
        ))}
        <span className={ended ? 'nw' : 'nw live'}>{ended ? 'end' : 'now'}</span>
      </div>
      {!ended && (
        <div className="lanes-now">
          <span className="nowline" />
        </div>
      )}
    </section>
  );
}

/** The same without words and clock, for a card. */
export function SmallLanes(props: LanesProps) {
  const { period } = usePeriod(props);
  const lanes = useLanes(props).slice(0, 4);
  return (
    <div className="lanes card-lanes">
      {lanes.map((lane) => {
        const look = props.cast.agents.get(lane.agent.agent.id);
        return (
          <div className="lane-row" key={lane.agent.agent.id}>
            <div className="lane-h">
              {look && <Avatar look={look} size={30} away={!lane.agent.connected} />}
              <div className="lh">
                <b className="sb">{lane.agent.agent.name}</b>
                <AgentStatusLine agent={lane.agent} />
              </div>
            </div>
            <LaneTrack lane={lane} period={period} cast={props.cast} hue={look?.hue ?? 1} />
          </div>
        );
      })}
      {!props.ended && (
        <div className="lanes-now">
          <span className="nowline" />
        </div>
      )}
    </div>
  );
}

function LaneRow({
  lane,
  period,
  cast,
  story,
}: {
  lane: Lane;
  period: Period;
  cast: Cast;
  story: RoomStory<RoomFacts>;
}) {
  const { agent } = lane.agent;
  const look = cast.agents.get(agent.id);
  const task = lane.agent.task_id ? cast.tasks.get(lane.agent.task_id) : undefined;
  const level = story.snapshot.xp.find(({ subject }) => subject.id === agent.id)?.level;
  return (
    <div className="lane-row">
      <div className="lane-h">
        {look && <Avatar look={look} size={44} away={!lane.agent.connected} />}
        <div className="lh">
          <div className="nm cut">{agent.name}</div>
          <div className="xs t3 cut mo">
            {level === undefined ? agent.model : `${agent.model}, level ${level}`}
          </div>
          <AgentStatusLine agent={lane.agent} taskKey={task?.key} />
        </div>
      </div>
      <LaneTrack lane={lane} period={period} cast={cast} hue={look?.hue ?? 1} />
    </div>
  );
}

function PeopleRow({ story, cast, period }: { story: RoomStory<RoomFacts>; cast: Cast; period: Period }) {
  const people = story.snapshot.members.filter(({ role }) => role !== 'spectator');
  const looks = people.flatMap(({ user }) => cast.people.get(user.id) ?? []);
  const names = looks.slice(0, 3).map(({ short }) => short);
  const more = looks.length > 3 ? ` and ${counted(looks.length - 3, 'more', 'more')}` : '';
  const said = useMemo(() => saidBy(story.log, { from: 0, to: Number.POSITIVE_INFINITY }), [story.log]);
  return (
    <div className="lane-row people">
      <div className="lane-h">
        <span className="stack">
          {looks.slice(0, 3).map((look) => (
            <Avatar key={look.id} look={look} size={26} />
          ))}
        </span>
        <div className="lh sm t2 cut">
          {names.join(', ')}
          {more}
        </div>
      </div>
      <div className="lane" aria-hidden="true">
        {said
          .filter(({ at }) => at >= period.from && at <= period.to)
          .map(({ key, at, personId }) => (
            <span
              key={key}
              className={`mk msg hue-p${cast.people.get(personId)?.hue ?? 1}`}
              ref={placed({ '--x': pct(percent(at, period)) })}
            />
          ))}
      </div>
    </div>
  );
}

function Legend() {
  return (
    <div className="legend" aria-hidden="true">
      <span>
        <i className="mk still" />
        commit
      </span>
      <span>
        <i className="mk still merge" />
        merge
      </span>
      <span>
        <i className="mk still conf" />
        conflict
      </span>
    </div>
  );
}
