// Every page as people come to it: what axe leaves open, and what people ask for by their system.
import { examine } from '../fixtures/examine.ts';
import { journey, publicPages } from '../fixtures/pages.ts';
import { expectWrittenReferences } from '../fixtures/references.ts';
import { settled, test } from '../fixtures/test.ts';

for (const [name, visits] of Object.entries({ 'that anybody can see': publicPages, 'of a sign-in': journey })) {
  test(`the pages ${name} can be read, reached and told apart, whatever people ask for`, async ({ page, stack }) => {
    test.setTimeout(90_000);
    for (const visit of visits) {
      await visit.go(page, stack);
      await settled(page);
      await examine(page, visit.name);
      if (page.url().startsWith(stack.app)) await expectWrittenReferences(page, visit.name);
    }
  });
}
