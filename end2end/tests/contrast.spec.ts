// The computation of contrast itself, against values that are known.
import { colour, faults, over, ratio, ratioOn } from '../fixtures/contrast.ts';
import { expect, test } from '@playwright/test';

const white = 'rgb(255, 255, 255)';

for (const [front, behind, known] of [
  ['rgb(0, 0, 0)', white, 21],
  [white, white, 1],
  ['rgb(119, 119, 119)', white, 4.48],
  ['rgb(118, 118, 118)', white, 4.54],
  ['rgb(255, 0, 0)', white, 4],
  ['rgb(0, 0, 255)', white, 8.59],
  // The ProConnect button as DSFR publishes it: light and dark, at rest and under the mouse.
  ['rgb(245, 245, 254)', 'rgb(0, 0, 145)', 13.75],
  ['rgb(0, 0, 145)', 'rgb(133, 133, 246)', 4.74],
  ['rgb(0, 0, 145)', 'rgb(177, 177, 249)', 7.47],
  ['rgb(10, 118, 246)', white, 4.26],
  ['color(srgb 0 0 0)', white, 21],
] as const) {
  test(`${front} on ${behind} is ${known} to 1`, () => {
    expect(ratio(colour(front), colour(behind))).toBeCloseTo(known, 2);
    expect(ratio(colour(behind), colour(front))).toBeCloseTo(known, 2);
  });
}

test('what is half transparent counts as what one sees of it', () => {
  const grey = over(colour('rgba(0, 0, 0, 0.5)'), colour(white));
  expect(grey).toEqual([0.5, 0.5, 0.5, 1]);
  const page = { colours: [white], opacity: 1 };
  // Black at half opacity is grey; so is black in a group of half opacity.
  const expected = ratio(grey, colour(white));
  expect(ratioOn([page], 'rgba(0, 0, 0, 0.5)')).toBeCloseTo(expected);
  expect(ratioOn([page, { colours: [], opacity: 0.5 }], 'rgb(0, 0, 0)')).toBeCloseTo(expected);
  // A group fades with its background: white on black at half opacity is white on grey.
  expect(ratioOn([page, { colours: ['rgb(0, 0, 0)'], opacity: 0.5 }], white)).toBeCloseTo(expected);
});

test('what is too pale, and what cannot be judged, is told', () => {
  const layers = [{ colours: [white], opacity: 1 }];
  const sample = { what: 'a text', least: 4.5, layers };
  expect(faults([{ ...sample, colours: ['rgb(118, 118, 118)'] }])).toEqual([]);
  expect(faults([{ ...sample, colours: ['rgb(119, 119, 119)'] }])).toHaveLength(1);
  expect(faults([{ ...sample, colours: ['rgb(0, 0, 0)'], unjudged: 'a picture' }])).toHaveLength(1);
  expect(faults([{ ...sample, colours: [] }])).toHaveLength(1);
  expect(faults([{ ...sample, least: 3, colours: [white, 'rgb(119, 119, 119)'] }])).toEqual([]);
  expect(() => colour('hsl(0 0% 0%)')).toThrow();
});
