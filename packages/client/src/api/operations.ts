// Written by `npm run client-api` from the OpenAPI document of the API. Do not change it by hand.

import type {
  Accepted,
  Actions,
  Activity,
  Address,
  Addresses,
  Alert,
  AlertPatch,
  AlertPreview,
  Alerts,
  Audit,
  AvatarRequest,
  AvatarUpload,
  Deliveries,
  Delivery,
  Erasure,
  Events,
  Firings,
  Health,
  Job,
  KeyWithText,
  Keys,
  NewAddress,
  NewAlert,
  NewKey,
  NewWebhook,
  PreviewedFirings,
  Profile,
  ProfilePatch,
  Question,
  Report,
  Reports,
  Series,
  User,
  Users,
  Webhook,
  WebhookPatch,
  WebhookRecovered,
  WebhookRecovery,
  WebhookWithSecret,
  Webhooks,
} from './schemas.ts';

/** Method and path of each operation. */
export const OPERATIONS = {
  sendEvents: 'POST /events',
  getMetrics: 'GET /metrics/{action}',
  listActions: 'GET /actions',
  listKeys: 'GET /keys',
  createKey: 'POST /keys',
  deleteKey: 'DELETE /keys/{id}',
  listUsers: 'GET /users',
  getUser: 'GET /users/{userId}',
  putUser: 'PUT /users/{userId}',
  patchUser: 'PATCH /users/{userId}',
  eraseUser: 'DELETE /users/{userId}',
  getActivity: 'GET /users/{userId}/activity',
  createAvatarUpload: 'POST /users/{userId}/avatar',
  getErasure: 'GET /erasures/{id}',
  listReports: 'GET /reports',
  askReport: 'POST /reports',
  getReport: 'GET /reports/{id}',
  cancelReport: 'DELETE /reports/{id}',
  getAudit: 'GET /audits/{date}',
  listAlerts: 'GET /alerts',
  createAlert: 'POST /alerts',
  previewAlert: 'POST /alerts/preview',
  getAlert: 'GET /alerts/{id}',
  changeAlert: 'PATCH /alerts/{id}',
  deleteAlert: 'DELETE /alerts/{id}',
  listFirings: 'GET /alerts/{id}/firings',
  listWebhooks: 'GET /webhooks',
  createWebhook: 'POST /webhooks',
  getWebhook: 'GET /webhooks/{id}',
  changeWebhook: 'PATCH /webhooks/{id}',
  deleteWebhook: 'DELETE /webhooks/{id}',
  testWebhook: 'POST /webhooks/{id}/test',
  rotateWebhookSecret: 'POST /webhooks/{id}/rotate-secret',
  recoverWebhook: 'POST /webhooks/{id}/recover',
  listDeliveries: 'GET /webhooks/{id}/deliveries',
  getDelivery: 'GET /webhooks/{id}/deliveries/{deliveryId}',
  retryDelivery: 'POST /webhooks/{id}/deliveries/{deliveryId}/retry',
  listAddresses: 'GET /addresses',
  addAddress: 'POST /addresses',
  getAddress: 'GET /addresses/{id}',
  deleteAddress: 'DELETE /addresses/{id}',
  askToUnsubscribe: 'GET /unsubscribe/{token}',
  unsubscribe: 'POST /unsubscribe/{token}',
  getHealth: 'GET /health',
  getOpenApi: 'GET /openapi.json',
  getDocs: 'GET /docs',
} as const;

/** What each operation takes and answers. */
export interface Operations {
  /** Send events. Each event counts once. Give each event an id, or send an Idempotency-Key: then an event without an id gets one, made of the key and its index in the request. A request that is sent again then counts once. */
  readonly sendEvents: {
    readonly input: {
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
      /** At most 1,000,000 bytes, uncompressed. */
      readonly body: Events;
    };
    readonly answer: Accepted;
  };
  /** Read metrics. The counts of one action, in at most 1500 buckets. Times are RFC 3339 or epoch milliseconds. Minutes, hours, and days, weeks and months of other time zones than UTC reach back 400 days. A key that is limited to action prefixes gets a 403 for other actions. */
  readonly getMetrics: {
    readonly input: {
      /** The name of an action. An action without events has an empty series */
      readonly action: string;
      /** Inclusive, rounded down; by default 24 hours before `to` (30 days for days, 12 weeks for weeks, a year for months) */
      readonly from?: string;
      /** Exclusive, rounded up; by default now */
      readonly to?: string;
      /** The width of a bucket; weeks begin on Monday */
      readonly interval?: "minute" | "hour" | "day" | "week" | "month";
      /** The time zone of hours, days, weeks and months: a name of IANA, such as `Europe/Berlin` */
      readonly timeZone?: string;
      /** With `zero`, the answer includes buckets without events */
      readonly fill?: "zero";
    };
    readonly answer: Series;
  };
  /** List actions. All actions that were seen, in ascending order, each with its count and times. A key that is limited to action prefixes sees only these actions. */
  readonly listActions: {
    readonly input: {
      /** The cursor of the page before */
      readonly cursor?: string;
      /** The most items on the page */
      readonly limit?: number;
    };
    readonly answer: Actions;
  };
  /** List keys. In ascending order of ids, with removed and expired keys: the list records by which key each key was made and removed, and when it was used. It contains no secrets. */
  readonly listKeys: {
    readonly input: {
      /** Only keys in this state; by default all */
      readonly status?: "active" | "expired" | "removed";
      /** The cursor of the page before, with the same status */
      readonly cursor?: string;
      /** The most items on the page */
      readonly limit?: number;
    };
    readonly answer: Keys;
  };
  /** Make a key. Only this answer contains the key’s text. A key can give only permissions that it has itself: scopes, prefixes and lifetime. */
  readonly createKey: {
    readonly input: {
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
      /** At most 10,000 bytes, uncompressed. */
      readonly body: NewKey;
    };
    readonly answer: KeyWithText;
  };
  /** Remove a key. Within a minute the key is refused. Its record stays. A key may remove itself. Removing a removed key changes nothing. The keys that it made stay valid. After a leak, remove them too: send `descendants=true`. */
  readonly deleteKey: {
    readonly input: {
      /** With `true`, all keys that it made, directly or through other keys, are removed too, even those being made at this moment */
      readonly descendants?: boolean;
      /** A key’s id, from the list of keys */
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** List users. In ascending order of the ids’ bytes in UTF-8. A page of large profiles may have fewer items than `limit`; only the last page has no cursor. */
  readonly listUsers: {
    readonly input: {
      /** The cursor of the page before */
      readonly cursor?: string;
      /** The most items on the page */
      readonly limit?: number;
    };
    readonly answer: Users;
  };
  /** Read a user. A user whose avatar has addresses never gets a 304, as the addresses expire. */
  readonly getUser: {
    readonly input: {
      /** The user id of events, percent-encoded. Clients treat `.` and `..` as steps in a path, so write these ids as `~.` and `~..`. Write one more `~` before an id that looks like these (any number of `~`, then `.` or `..`). */
      readonly userId: string;
      /** Entity tags, or `*`: 412 unless the user is in one of these states */
      readonly ifMatch?: string;
      /** Entity tags, or `*`: 304 if the user is in one of these states */
      readonly ifNoneMatch?: string;
    };
    readonly answer: User;
  };
  /** Write a user. Creates the user, or replaces the whole profile, which may have at most 16,384 bytes of JSON. Fields that the body does not have are removed; the avatar stays. */
  readonly putUser: {
    readonly input: {
      /** The user id of events, percent-encoded. Clients treat `.` and `..` as steps in a path, so write these ids as `~.` and `~..`. Write one more `~` before an id that looks like these (any number of `~`, then `.` or `..`). */
      readonly userId: string;
      /** Entity tags, or `*`: 412 unless the user is in one of these states */
      readonly ifMatch?: string;
      /** Entity tags, or `*`: 412 if the user is in one of these states */
      readonly ifNoneMatch?: string;
      /** At most 65,536 bytes, uncompressed. */
      readonly body: Profile;
    };
    readonly answer: User;
  };
  /** Change a user. Changes parts of the profile with a JSON Merge Patch (RFC 7396). The result may have at most 16,384 bytes of JSON. No change of another caller is lost. */
  readonly patchUser: {
    readonly input: {
      /** The user id of events, percent-encoded. Clients treat `.` and `..` as steps in a path, so write these ids as `~.` and `~..`. Write one more `~` before an id that looks like these (any number of `~`, then `.` or `..`). */
      readonly userId: string;
      /** Entity tags, or `*`: 412 unless the user is in one of these states */
      readonly ifMatch?: string;
      /** Entity tags, or `*`: 412 if the user is in one of these states */
      readonly ifNoneMatch?: string;
      /** At most 65,536 bytes, uncompressed. */
      readonly body: ProfilePatch;
    };
    readonly answer: User;
  };
  /** Erase a user. Erases profile, avatars and activity at once, and everything else as the receipt says. If it is sent again, it joins the erasure that has not ended, and continues one that failed. A user without a profile is erased too, as there may be events. */
  readonly eraseUser: {
    readonly input: {
      /** The user id of events, percent-encoded. Clients treat `.` and `..` as steps in a path, so write these ids as `~.` and `~..`. Write one more `~` before an id that looks like these (any number of `~`, then `.` or `..`). */
      readonly userId: string;
      /** The entity tag of the profile that was read */
      readonly ifMatch?: string;
      /** Entity tags, or `*`: 412 if the profile is in one of these states */
      readonly ifNoneMatch?: string;
    };
    readonly answer: Erasure;
  };
  /** Read user activity. Counts by action and day: at most 400 days in UTC and 20000 items, in ascending order of day and action. A user without events has no items. 404 if the stage does not count the activity of users. */
  readonly getActivity: {
    readonly input: {
      /** The user id of events, percent-encoded. Clients treat `.` and `..` as steps in a path, so write these ids as `~.` and `~..`. Write one more `~` before an id that looks like these (any number of `~`, then `.` or `..`). */
      readonly userId: string;
      /** Inclusive, rounded down to the day; by default 30 days before `to` */
      readonly from?: string;
      /** Exclusive, rounded up to the day; by default now */
      readonly to?: string;
    };
    readonly answer: Activity;
  };
  /** Upload an avatar. Answers with an address to upload a picture of the user. Send the image there with the method and the headers of the answer, and with exactly the announced length: the signature covers all of these. The address is valid for 15 minutes, and for one upload. The user's `avatar` is `pending` until the image has been checked, and then `ready` or `rejected`. Until then the previous picture is shown. A newer request replaces an older one. At most 50 megapixels and 65535 pixels on a side. Reasons of a rejection: - `empty`: the object has no bytes - `too-large`: the object is larger than an avatar may be - `wrong-size`: the size of the object is not the announced one - `wrong-type`: the type of the object is not the announced one - `not-an-image`: the object is not an image of an accepted type - `too-many-pixels`: the image has more pixels than an avatar may have - `damaged`: the image is cut off, cannot be decoded, or takes too long to decode */
  readonly createAvatarUpload: {
    readonly input: {
      /** The user id of events, percent-encoded. Clients treat `.` and `..` as steps in a path, so write these ids as `~.` and `~..`. Write one more `~` before an id that looks like these (any number of `~`, then `.` or `..`). */
      readonly userId: string;
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
      /** At most 4,096 bytes, uncompressed. */
      readonly body: AvatarRequest;
    };
    readonly answer: AvatarUpload;
  };
  /** Read an erasure. The receipt: each place with data of the user, with the number of erased items and the time, or with the time when the data expires. The receipt stays. It does not name the user: its `userHash` can only be compared with the hash of a known user id. */
  readonly getErasure: {
    readonly input: {
      /** The id in the answer to the deletion of a user */
      readonly id: string;
    };
    readonly answer: Erasure;
  };
  /** List reports. The newest first. A daily report shows all actions, so a key with `actionPrefixes` sees none of them, and must name another kind. Of the reports that were asked for, it sees its own. */
  readonly listReports: {
    readonly input: {
      /** The kind of reports */
      readonly kind?: "daily" | "summary" | "retention" | "funnel";
      /** The cursor of the page before, with the same kind */
      readonly cursor?: string;
      /** The most items on the page */
      readonly limit?: number;
    };
    readonly answer: Reports;
  };
  /** Ask for a report. Begins the work on a question; read the report at `location` until its `status` is `done`. A summary has at most 3700 days, a retention 200 weeks, a funnel 400 days. Two reports of a key run at once and ten wait. A key that is limited to action prefixes must name `actions` or `steps` that it may use. */
  readonly askReport: {
    readonly input: {
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
      /** At most 20,000 bytes, uncompressed. */
      readonly body: Question;
    };
    readonly answer: Job;
  };
  /** Read a report. A report that was asked for, with the state of its work; or the newest revision of a daily report. If the report is done, there are links to its files. Each request signs new links, which need no key and are valid for 15 minutes. */
  readonly getReport: {
    readonly input: {
      /** A report’s id, from the list of reports */
      readonly id: string;
    };
    readonly answer: Report;
  };
  /** Cancel a report. Ends a report that is queued or running. One that has ended, or a daily report, is a 409. */
  readonly cancelReport: {
    readonly input: {
      /** A report’s id, from the answer to the question */
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Read an audit. Whether the counts of a day equal the archive. Each night, the day that has ended is compared; late events make no drift, as both sides are read up to the same end. A key with `actionPrefixes` sees no audit. Up to 200 differences are in the answer; the linked file has all. */
  readonly getAudit: {
    readonly input: {
      /** A day of the stage’s time zone */
      readonly date: string;
    };
    readonly answer: Audit;
  };
  /** List rules. In ascending order of ids. A key that is limited to action prefixes sees the rules about its actions. */
  readonly listAlerts: {
    readonly input: {
      /** The cursor of the page before */
      readonly cursor?: string;
      /** The most items on the page */
      readonly limit?: number;
    };
    readonly answer: Alerts;
  };
  /** Make a rule. The rule judges from the next full bucket on. A stage has at most 1,000 rules. A key that is limited to action prefixes can make rules about its actions. */
  readonly createAlert: {
    readonly input: {
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
      /** At most 20,000 bytes, uncompressed. */
      readonly body: NewAlert;
    };
    readonly answer: Alert;
  };
  /** Try a rule. Answers for which buckets a rule would have fired, by what is counted now: at most 20 actions and 1,500 buckets. Nobody is told. */
  readonly previewAlert: {
    readonly input: {
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
      /** At most 20,000 bytes, uncompressed. */
      readonly body: AlertPreview;
    };
    readonly answer: PreviewedFirings;
  };
  /** Read a rule. With its state, and the last bucket that it judged. */
  readonly getAlert: {
    readonly input: {
      /** A rule’s id, from the list of rules */
      readonly id: string;
    };
    readonly answer: Alert;
  };
  /** Change a rule. Changes parts of the rule with a JSON Merge Patch (RFC 7396). A bucket that fired does not fire again, and what fires goes on until a later bucket recovers. With another action, field or interval, or enabled again, the rule judges from the next full bucket on. */
  readonly changeAlert: {
    readonly input: {
      /** A rule’s id, from the list of rules */
      readonly id: string;
      /** At most 20,000 bytes, uncompressed. */
      readonly body: AlertPatch;
    };
    readonly answer: Alert;
  };
  /** Remove a rule. After the answer it fires no more. What it fired is not told as recovered. */
  readonly deleteAlert: {
    readonly input: {
      /** A rule’s id, from the list of rules */
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** List firings. The latest bucket first. A firing is kept for 90 days. */
  readonly listFirings: {
    readonly input: {
      /** A rule’s id, from the list of rules */
      readonly id: string;
      /** The cursor of the page before */
      readonly cursor?: string;
      /** The most items on the page */
      readonly limit?: number;
    };
    readonly answer: Firings;
  };
  /** List endpoints. In ascending order of ids. It contains no secrets. */
  readonly listWebhooks: {
    readonly input: {
      /** The cursor of the page before */
      readonly cursor?: string;
      /** The most items on the page */
      readonly limit?: number;
    };
    readonly answer: Webhooks;
  };
  /** Make an endpoint. Only this answer contains the secret. A stage has at most 100 endpoints. As an endpoint is told about all actions, a key that is limited to action prefixes cannot use webhooks. */
  readonly createWebhook: {
    readonly input: {
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
      /** At most 10,000 bytes, uncompressed. */
      readonly body: NewWebhook;
    };
    readonly answer: WebhookWithSecret;
  };
  /** Read an endpoint. With its state, and without its secrets. */
  readonly getWebhook: {
    readonly input: {
      /** An endpoint’s id, from the list of endpoints */
      readonly id: string;
    };
    readonly answer: Webhook;
  };
  /** Change an endpoint. Changes the fields that are given. An endpoint that is enabled again begins with a good health; what was held meanwhile waits for a recovery. */
  readonly changeWebhook: {
    readonly input: {
      /** An endpoint’s id, from the list of endpoints */
      readonly id: string;
      /** At most 10,000 bytes, uncompressed. */
      readonly body: WebhookPatch;
    };
    readonly answer: Webhook;
  };
  /** Remove an endpoint. With its secrets. Its deliveries can no longer be read, and are not sent. A request that is under way ends. */
  readonly deleteWebhook: {
    readonly input: {
      /** An endpoint’s id, from the list of endpoints */
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Send a test. Sends a signed message `endpoint.test` to this endpoint. Read its result at `location`. */
  readonly testWebhook: {
    readonly input: {
      /** An endpoint’s id, from the list of endpoints */
      readonly id: string;
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
    };
    readonly answer: Delivery;
  };
  /** Rotate the secret. Only this answer contains the new secret. The old one signs beside it for 24 hours. An asymmetric endpoint also gets a new key pair. */
  readonly rotateWebhookSecret: {
    readonly input: {
      /** An endpoint’s id, from the list of endpoints */
      readonly id: string;
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
    };
    readonly answer: WebhookWithSecret;
  };
  /** Recover deliveries. Sends again what failed or is held, by the time of the messages, but not what the endpoint itself aborted. One request sends at most 2,000. */
  readonly recoverWebhook: {
    readonly input: {
      /** An endpoint’s id, from the list of endpoints */
      readonly id: string;
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
      /** At most 10,000 bytes, uncompressed. */
      readonly body: WebhookRecovery;
    };
    readonly answer: WebhookRecovered;
  };
  /** List deliveries. The newest message first. A delivery is kept for 30 days. */
  readonly listDeliveries: {
    readonly input: {
      /** An endpoint’s id, from the list of endpoints */
      readonly id: string;
      /** The cursor of the page before */
      readonly cursor?: string;
      /** The most items on the page */
      readonly limit?: number;
    };
    readonly answer: Deliveries;
  };
  /** Read a delivery. With each of its attempts. */
  readonly getDelivery: {
    readonly input: {
      /** An endpoint’s id, from the list of endpoints */
      readonly id: string;
      /** A delivery’s id, from the list of deliveries */
      readonly deliveryId: string;
    };
    readonly answer: Delivery;
  };
  /** Send again. Sends a delivery again at once, whatever its status, under the same `webhook-id`. If it fails, it is tried again over three days. */
  readonly retryDelivery: {
    readonly input: {
      /** An endpoint’s id, from the list of endpoints */
      readonly id: string;
      /** A delivery’s id, from the list of deliveries */
      readonly deliveryId: string;
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
    };
    readonly answer: Delivery;
  };
  /** List addresses. In ascending order of ids. Addresses that only rules of alerts name are among them, from their first mail on. */
  readonly listAddresses: {
    readonly input: {
      /** The cursor of the page before */
      readonly cursor?: string;
      /** The most items on the page */
      readonly limit?: number;
    };
    readonly answer: Addresses;
  };
  /** Add an address. Adds an address, or changes what it gets. One that has ended is a 409: remove it first. A stage takes 1,000 addresses. As reports are about all actions, a key that is limited to action prefixes cannot use addresses. */
  readonly addAddress: {
    readonly input: {
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
      /** At most 2,000 bytes, uncompressed. */
      readonly body: NewAddress;
    };
    readonly answer: Address;
  };
  /** Read an address. With its status, and why it has ended. */
  readonly getAddress: {
    readonly input: {
      /** An address’s id, from the list of addresses */
      readonly id: string;
    };
    readonly answer: Address;
  };
  /** Remove an address. Whatever its status. The next mail of a rule that names it adds it again, as an active one. */
  readonly deleteAddress: {
    readonly input: {
      /** An address’s id, from the list of addresses */
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Ask to unsubscribe. A page with a button. It changes nothing, as programs that look for bad links follow each link. */
  readonly askToUnsubscribe: {
    readonly input: {
      /** From the link of a mail */
      readonly token: string;
    };
    readonly answer: string;
  };
  /** Unsubscribe. Ends all mails to the address of the link, at once. Programs for mail send a form, `List-Unsubscribe=One-Click` (RFC 8058). Any body will do, or none: it is not read. */
  readonly unsubscribe: {
    readonly input: {
      /** From the link of a mail */
      readonly token: string;
      /** Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`. */
      readonly idempotencyKey?: string;
    };
    readonly answer: string;
  };
  /** Check the API. Shows that this function answers. It calls no other service. */
  readonly getHealth: {
    readonly input: {
    };
    readonly answer: Health;
  };
  /** Read the document. The OpenAPI 3.1 document of the API. */
  readonly getOpenApi: {
    readonly input: {
    };
    readonly answer: Readonly<Record<string, unknown>>;
  };
  /** Read the page. The document as one page to read. It has no scripts and loads nothing. */
  readonly getDocs: {
    readonly input: {
    };
    readonly answer: string;
  };
}

/** The names of the problems that the document has, without `urn:weir:problem:`. */
export type ProblemName =
  | 'conflict'
  | 'forbidden'
  | 'gateway-refused'
  | 'idempotency-in-progress'
  | 'idempotency-key-reused'
  | 'internal'
  | 'invalid-body'
  | 'invalid-header'
  | 'invalid-json'
  | 'invalid-parameter'
  | 'invalid-path'
  | 'no-valid-event'
  | 'precondition-failed'
  | 'resource-not-found'
  | 'too-large'
  | 'too-many-jobs'
  | 'too-many-requests'
  | 'unauthorized'
  | 'unavailable'
  | 'unsupported-media-type';
