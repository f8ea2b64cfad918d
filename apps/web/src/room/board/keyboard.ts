import type {
  ClientRect,
  CollisionDetection,
  KeyboardCoordinateGetter,
  UniqueIdentifier,
} from '@dnd-kit/core';

const middle = (rect: ClientRect): number => rect.top + rect.height / 2;

/** Columns from the top down, each with how far a height on the page is from it; 0 inside. */
function columnsBy(rects: ReadonlyMap<UniqueIdentifier, ClientRect>, y: number) {
  return [...rects]
    .toSorted(([, a], [, b]) => a.top - b.top)
    .map(([id, rect]) => ({ id, rect, distance: Math.max(rect.top - y, y - rect.bottom, 0) }));
}

/** The column at the pointer's height, or at the card's where it is carried by keyboard. */
export const nearestColumn: CollisionDetection = ({ collisionRect, droppableRects, pointerCoordinates }) => {
  const y = pointerCoordinates?.y ?? middle(collisionRect);
  return columnsBy(droppableRects, y)
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ id }) => ({ id }));
};

/** Arrow keys carry a card from column to column, whatever lies between. */
export const byColumns: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.code];
  const held = context.collisionRect;
  if (step === undefined || !held) return undefined;
  event.preventDefault();
  const columns = columnsBy(context.droppableRects, middle(held));
  const nearest = Math.min(...columns.map(({ distance }) => distance));
  const at = columns.findIndex(({ distance }) => distance === nearest);
  const next = columns[at + step];
  if (!next) return undefined;
  return { x: currentCoordinates.x, y: currentCoordinates.y + middle(next.rect) - middle(held) };
};
