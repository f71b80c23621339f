import { loadLate } from '@weir/late-loading';
import { problem } from '../http/answers/problem.ts';
import type { Route } from '../http/route.ts';
import type { AddressesDeps } from './list/addresses-deps.ts';
import { answerAddress, answerAddresses, removeAddress } from './list/answer-addresses.ts';
import { askToUnsubscribe, unsubscribe } from './unsubscribe/answer-unsubscribe.ts';

const ADDRESSES = '/v1/addresses';
const ADDRESS = `${ADDRESSES}/{id}`;
const UNSUBSCRIBE = '/v1/unsubscribe/{token}';
const READ = 'reports:read';
const WRITE = 'reports:write';

const ONLY_WHOLE_KEYS = problem(
  'forbidden',
  'the key is limited to action prefixes, and reports are about all actions',
);

// Only a request with a JSON body needs the checks of bodies.
const loadAdd = loadLate(() => import('./list/add-address.ts'));

/** The routes of the function `addresses`. */
export function createAddressesRoutes(deps: AddressesDeps): Route[] {
  return [
    ...keyedRoutes(deps).map((route) => ({
      ...route,
      answer: async (input: Parameters<Route['answer']>[0]) =>
        input.principal.actionPrefixes ? ONLY_WHOLE_KEYS : route.answer(input),
    })),
    { method: 'GET', path: UNSUBSCRIBE, access: 'open', answer: askToUnsubscribe },
    { method: 'POST', path: UNSUBSCRIBE, access: 'open', answer: (input) => unsubscribe(deps, input) },
  ];
}

function keyedRoutes(deps: AddressesDeps): Route[] {
  const add: Route['answer'] = async (input) => (await loadAdd()).addAddress(deps, input);
  return [
    { method: 'GET', path: ADDRESSES, access: READ, takesQuery: true, answer: (input) => answerAddresses(deps, input) },
    { method: 'POST', path: ADDRESSES, access: WRITE, answer: add },
    { method: 'GET', path: ADDRESS, access: READ, answer: (input) => answerAddress(deps, input) },
    { method: 'DELETE', path: ADDRESS, access: WRITE, answer: (input) => removeAddress(deps, input) },
  ];
}
