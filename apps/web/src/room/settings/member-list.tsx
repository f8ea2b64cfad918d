'use client';

import { useMe } from '../../session/use-session';
import { day } from '../../time/day';
import { Avatar } from '../../ui/avatar';
import { MemberMenu } from '../crew/member-menu';
import { useCast, useRoom } from '../room-context';

const ROLES = { host: 'Host', member: 'Member', spectator: 'Only watches' } as const;

/** Who belongs to the room, each with what its host can do with them. */
export function MemberList() {
  const members = useRoom((snapshot) => snapshot.members);
  const cast = useCast();
  const me = useMe();
  return (
    <ul className="list">
      {members.map((member) => {
        const look = cast.people.get(member.user.id);
        return (
          <li className="row setting-row" key={member.user.id}>
            {look && <Avatar look={look} size={28} />}
            <span className="grow cut">
              {member.user.display_name} <span className="t3">@{member.user.username}</span>
              {member.user.id === me.id && <span className="t3"> you</span>}
            </span>
            <span className="t3 sm hide-s">since {day(member.joined_at)}</span>
            <span className="chip soft">{ROLES[member.role]}</span>
            <MemberMenu member={member} />
          </li>
        );
      })}
    </ul>
  );
}
