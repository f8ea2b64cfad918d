import { ClawTankError } from '@clawtank/agent-sdk';
import { Button } from '../ui/button';
import { Empty } from '../ui/empty';

/** A list that did not come: why, and the way to ask again. */
export function LoadError({ error, again }: { error: Error; again: () => void }) {
  return (
    <Empty level={2} icon="warn" title="This could not be read">
      <p role="alert">{error instanceof ClawTankError ? error.message : 'Something unexpected happened.'}</p>
      <Button icon="refresh" onClick={again}>
        Try again
      </Button>
    </Empty>
  );
}
