/** Generated from asyncapi.json by `npm run types`. */

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Changed
         * @description What is shown of `what` is out of date: read it anew, at a random moment within the next seconds.
         */
        Changed: {
            /** @enum {unknown} */
            type: "changed";
            what: string;
        };
        ClientFrame: components["schemas"]["Enter"] | components["schemas"]["Leave"] | components["schemas"]["Say"] | components["schemas"]["Ping"];
        /**
         * Enter
         * @description Be in a room from now on; answered by `entered` or `refused`.
         */
        Enter: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "enter";
            room: string;
            /**
             * @description The epoch that the client knows, empty for none
             * @default
             */
            epoch: string;
            /**
             * @description The latest event that the client knows, 0 for none
             * @default 0
             */
            after: number;
        };
        /**
         * Entered
         * @description The client is in a room, which looks like this.
         */
        Entered: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "entered";
            view: components["schemas"]["RoomView"];
        };
        /**
         * Entry
         * @description An event of a room: its number there, and when it came about.
         */
        Entry: {
            seq: number;
            at_ms: number;
            event: components["schemas"]["Changed"] | components["schemas"]["Message"] | components["schemas"]["Removed"] | components["schemas"]["FactionJoined"] | components["schemas"]["FactionLeft"] | components["schemas"]["FactionLevelReached"] | components["schemas"]["TerritoryWon"] | components["schemas"]["HeistStarted"] | components["schemas"]["HeistQuestion"] | components["schemas"]["HeistWon"] | components["schemas"]["HeistClosed"];
        };
        /**
         * FactionJoined
         * @description Somebody has joined the faction of the room.
         */
        FactionJoined: {
            /** @enum {unknown} */
            type: "faction_joined";
            who: components["schemas"]["Person"];
        };
        /**
         * FactionLeft
         * @description Somebody has left the faction of the room, or was asked to.
         */
        FactionLeft: {
            /** @enum {unknown} */
            type: "faction_left";
            who: components["schemas"]["Person"];
        };
        /**
         * FactionLevelReached
         * @description The faction of the room has reached a level.
         */
        FactionLevelReached: {
            /** @enum {unknown} */
            type: "faction_level";
            level: number;
        };
        /**
         * Happened
         * @description New events of a room. A client that lacks one before them catches up by `GET /live/rooms/{room}`.
         */
        Happened: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "happened";
            room: string;
            epoch: string;
            entries: components["schemas"]["Entry"][];
        };
        /**
         * HeistClosed
         * @description A heist is over: the answer, what was paid to how many, and who was first.
         */
        HeistClosed: {
            /** @enum {unknown} */
            type: "heist_closed";
            heist: string;
            answer: {
                [key: string]: string;
            };
            pool: number;
            players: number;
            winners: components["schemas"]["HeistWinner"][];
        };
        /**
         * HeistQuestion
         * @description What is asked, in each language; `options` are the answers to choose from, by letter, where there are any.
         */
        HeistQuestion: {
            /** @enum {unknown} */
            type: "heist_question";
            heist: string;
            text: {
                [key: string]: string;
            };
            /** @default {} */
            options: {
                [key: string]: {
                    [key: string]: string;
                };
            };
        };
        /**
         * HeistStarted
         * @description A heist has begun; its question follows.
         */
        HeistStarted: {
            /** @enum {unknown} */
            type: "heist_started";
            heist: string;
            kind: string;
            ends_at_ms: number;
        };
        /**
         * HeistWinner
         * @description A place, and what its player gets: with the share of all who took part. GET /heists has the names.
         */
        HeistWinner: {
            by: components["schemas"]["PlayerRef"];
            rank: number;
            coins: number;
        };
        /**
         * HeistWon
         * @description Somebody has a place among the first.
         */
        HeistWon: {
            /** @enum {unknown} */
            type: "heist_won";
            heist: string;
            by: components["schemas"]["Person"];
            rank: number;
        };
        /**
         * Leave
         * @description Be in a room no more; not answered.
         */
        Leave: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "leave";
            room: string;
        };
        /**
         * Message
         * @description Somebody has said something.
         */
        Message: {
            /** @enum {unknown} */
            type: "message";
            by: components["schemas"]["Person"];
            text: string;
        };
        /**
         * Person
         * @description Somebody as the others see them.
         */
        Person: {
            id: string;
            name: string;
            /** @default  */
            title: string;
        };
        /**
         * Ping
         * @description Still here, in these rooms; answered by `pong`.
         */
        Ping: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "ping";
            /** @default [] */
            rooms: string[];
        };
        /**
         * PlayerRef
         * @description Somebody by their id alone: a room would keep the name of who is erased meanwhile.
         */
        PlayerRef: {
            id: string;
        };
        /**
         * Pong
         * @description The rooms that the client is in; it has to enter again what is missing here.
         */
        Pong: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "pong";
            rooms: components["schemas"]["RoomAt"][];
        };
        /**
         * Refused
         * @description A frame of the client's was refused, for the reason that `code` names; the codes are those of the API.
         */
        Refused: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "refused";
            code: string;
            message: string;
            /** @default  */
            room: string;
            /** @default  */
            op: string;
            /** @default 0 */
            retry_after_ms: number;
        };
        /**
         * Removed
         * @description Messages that are to be shown no more, by their `seq` in the room.
         */
        Removed: {
            /** @enum {unknown} */
            type: "removed";
            messages: number[];
        };
        /**
         * RoomAt
         * @description Where a room is: a client that knows less catches up.
         */
        RoomAt: {
            room: string;
            epoch: string;
            seq: number;
            online: number;
        };
        /**
         * RoomView
         * @description What happened in a room after what the client knows, at most the last 50 events.
         *
         *         With `gap`, something between the two is missing: it is not kept any more, or the room has begun again under
         *         another epoch, and what the client shows of it may be out of date.
         */
        RoomView: {
            room: string;
            epoch: string;
            seq: number;
            online: number;
            gap: boolean;
            entries: components["schemas"]["Entry"][];
        };
        /**
         * Said
         * @description What was said under `op` stands in the room with this number.
         */
        Said: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "said";
            room: string;
            op: string;
            seq: number;
        };
        /**
         * Say
         * @description Say something in a room; answered by `said` or `refused`, and again so where the op is repeated.
         */
        Say: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "say";
            room: string;
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            text: string;
        };
        ServerFrame: components["schemas"]["Entered"] | components["schemas"]["Happened"] | components["schemas"]["Told"] | components["schemas"]["Said"] | components["schemas"]["Refused"] | components["schemas"]["Pong"];
        /**
         * TerritoryWon
         * @description The faction of the room holds a territory from now on, for having tapped the most for it in a week.
         */
        TerritoryWon: {
            /** @enum {unknown} */
            type: "territory_won";
            territory: string;
            week: string;
            taps: number;
        };
        /**
         * Told
         * @description An event for this player alone; it is not kept.
         */
        Told: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "told";
            event: components["schemas"]["Changed"] | components["schemas"]["Message"] | components["schemas"]["Removed"] | components["schemas"]["FactionJoined"] | components["schemas"]["FactionLeft"] | components["schemas"]["FactionLevelReached"] | components["schemas"]["TerritoryWon"] | components["schemas"]["HeistStarted"] | components["schemas"]["HeistQuestion"] | components["schemas"]["HeistWon"] | components["schemas"]["HeistClosed"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
