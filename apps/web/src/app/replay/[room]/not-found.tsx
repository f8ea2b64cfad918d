import { MemberReplay } from '../../../replay/member-replay';
import { Gone } from '../../../watch/gone';

/** Strangers learn nothing here; whoever is a member of a private room sees it played all the same. */
export default function NotFound() {
  return (
    <MemberReplay>
      <Gone />
    </MemberReplay>
  );
}
