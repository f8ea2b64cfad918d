import { Icon } from '../ui/icons';
import type { Refusal } from './use-send';

/** Why a form was not taken, where no single field is to blame. */
export function Refused({ refusal }: { refusal: Refusal | null }) {
  if (!refusal || refusal.fields.size > 0) return null;
  return (
    <p className="hint bad" role="alert">
      <Icon name="warn" size={14} />
      {refusal.says}
    </p>
  );
}
