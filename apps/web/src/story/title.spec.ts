import { bare, titleParts } from './title';

it('sets in mono what looks like code', () => {
  const mono = (title: string) =>
    titleParts(title)
      .filter(({ as }) => as === 'code')
      .map(({ text }) => text);
  expect(mono('Add --severity: gentle')).toEqual(['--severity']);
  expect(mono('Colour output, respects NO_COLOR')).toEqual(['NO_COLOR']);
  expect(mono('Fix `render()` in roast/cli.py')).toEqual(['render()', 'roast/cli.py']);
  expect(mono('Read and/or write a plain title')).toEqual(['and/or']);
});

it('drops the ticks where everything is one type', () => {
  expect(bare('Explain `NO_COLOR` here')).toBe('Explain NO_COLOR here');
});
