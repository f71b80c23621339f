import { MAX_ADDRESSES } from '@weir/dynamodb/addresses';
import { MAX_PAGE } from '../http/requests/page-query.ts';
import { done, problems, success } from '../openapi/parts/answers.ts';
import { inThousands } from '../openapi/parts/in-thousands.ts';
import { jsonBody } from '../openapi/parts/json-body.ts';
import { inPath, inQuery, type Part } from '../openapi/parts/schema-parts.ts';
import { DEFAULT_ADDRESSES_PAGE, MAX_ADDRESS_BODY_BYTES } from './list/limits.ts';

const ID = 'ad_47DEQpj8HBSa-_TImW-5';
const TOKEN = `${ID}.BwcHBwcHBwcHBwcHBwcHBw`;
const WANTED = { address: 'zoe@shop.example', receives: ['report.ready'] };
const ADDRESS = {
  ...{ id: ID, ...WANTED, status: 'active' },
  ...{ createdAt: '2025-11-24T16:00:00.000Z', updatedAt: '2025-11-24T16:00:00.000Z' },
};
const REQUEST_ID = { 'x-request-id': { $ref: '#/components/headers/RequestId' } };

const idPart = inPath('id', 'An address’s id, from the list of addresses', { type: 'string', example: ID });
const tokenPart = inPath('token', 'From the link of a mail', { type: 'string', example: TOKEN });
const KEYED = ['unauthorized', 'forbidden'] as const;
const OF_ONE = ['invalid-path', ...KEYED, 'resource-not-found'] as const;

const listAddresses = {
  operationId: 'listAddresses',
  summary: 'List addresses',
  description:
    'In ascending order of ids. Addresses that only rules of alerts name are among them, from their first mail on.',
  parameters: [
    inQuery('cursor', 'The cursor of the page before', { type: 'string' }),
    inQuery('limit', 'The most items on the page', {
      ...{ type: 'integer', minimum: 1, maximum: MAX_PAGE, default: DEFAULT_ADDRESSES_PAGE },
    }),
  ],
  responses: {
    200: success('One page', 'Addresses', { items: [ADDRESS] }),
    ...problems('invalid-parameter', ...KEYED),
  },
};

const addAddress = {
  operationId: 'addAddress',
  summary: 'Add an address',
  description: `Adds an address, or changes what it gets. One that has ended is a 409: remove it first. A stage takes ${inThousands(MAX_ADDRESSES)} addresses. As reports are about all actions, a key that is limited to action prefixes cannot use addresses.`,
  requestBody: jsonBody({ schema: 'NewAddress', example: WANTED, maxBytes: MAX_ADDRESS_BODY_BYTES }),
  responses: {
    200: success('It was there, and gets this now', 'Address', ADDRESS),
    201: located(success('It was added', 'Address', ADDRESS)),
    ...problems('invalid-json', 'invalid-body', 'too-large', 'unsupported-media-type', ...KEYED, 'conflict'),
  },
};

const getAddress = {
  operationId: 'getAddress',
  summary: 'Read an address',
  description: 'With its status, and why it has ended.',
  parameters: [idPart],
  responses: { 200: success('The address', 'Address', ADDRESS), ...problems(...OF_ONE) },
};

const deleteAddress = {
  operationId: 'deleteAddress',
  summary: 'Remove an address',
  description: 'Whatever its status. The next mail of a rule that names it adds it again, as an active one.',
  parameters: [idPart],
  responses: { 204: done('The address is removed'), ...problems(...OF_ONE) },
};

const askToUnsubscribe = {
  operationId: 'askToUnsubscribe',
  summary: 'Ask to unsubscribe',
  description: 'A page with a button. It changes nothing, as programs that look for bad links follow each link.',
  security: [],
  parameters: [tokenPart],
  responses: { 200: page('The page'), ...problems('invalid-path', 'resource-not-found') },
};

const unsubscribe = {
  operationId: 'unsubscribe',
  summary: 'Unsubscribe',
  description:
    'Ends all mails to the address of the link, at once. Programs for mail send a form, `List-Unsubscribe=One-Click` (RFC 8058). Any body will do, or none: it is not read.',
  security: [],
  parameters: [tokenPart],
  responses: { 200: page('The address gets no more mail'), ...problems('invalid-path', 'resource-not-found') },
};

function located(answer: Part): Part {
  const Location = { description: 'The path of the address', required: true, schema: { type: 'string' } };
  return { ...answer, headers: { ...REQUEST_ID, Location } };
}

function page(description: string): Part {
  const content = { 'text/html; charset=utf-8': { schema: { type: 'string' }, example: '<!doctype html>…' } };
  return { description, headers: REQUEST_ID, content };
}

/** The operations of the addresses' routes by path and method. */
export const addressesOperations = {
  '/v1/addresses': { get: listAddresses, post: addAddress },
  '/v1/addresses/{id}': { get: getAddress, delete: deleteAddress },
  '/v1/unsubscribe/{token}': { get: askToUnsubscribe, post: unsubscribe },
};
