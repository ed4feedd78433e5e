/** Generated from openapi.json by `npm run types`. */

export interface paths {
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with Telegram's initData; open or resume a session */
        post: operations["openSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End this token's session */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clicks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report how many taps this session has made so far; each counts once */
        post: operations["recordTaps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep this session alive */
        post: operations["heartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leaderboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The top 20 and the totals, at most a few seconds old; or the best 100 of a past period */
        get: operations["getLeaderboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leaderboard/closed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Past days, weeks or months */
        get: operations["getClosedLeaderboards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leaderboard/fame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The best days, weeks and months of all players */
        get: operations["getHallOfFame"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leaderboard/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's rank and neighbours */
        get: operations["getMyStanding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leaderboard/friends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller, their inviter and up to 100 players whom they have invited, by score */
        get: operations["getFriendsBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/league": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's division in the league of this week, with its promotion and relegation zones */
        get: operations["getLeague"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/players/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's account */
        get: operations["getMyAccount"];
        put?: never;
        post?: never;
        /** Erase the caller permanently: closed at once, deleted within minutes; repeating it is harmless */
        delete: operations["eraseMe"];
        options?: never;
        head?: never;
        /** Choose a username, unique regardless of case, or a language */
        patch: operations["rename"];
        trace?: never;
    };
    "/players/me/referrals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The players whom the caller invited, directly or in the whole tree */
        get: operations["getMyReferrals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/players/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything the game stores about the caller, as a file; once a minute */
        get: operations["exportMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/players/me/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prepare the caller's score card as a message to share */
        post: operations["prepareShare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/telegram/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Telegram's updates; the response may contain one method call */
        post: operations["telegramUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the game can serve, and the state of saving; also 200 while degraded */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccountChanges
         * @description What to change: a username, a language, or both. A `language` of null follows Telegram.
         */
        AccountChanges: {
            /** @description 3 to 20 letters, digits or underscores */
            username?: string;
            language?: string | null;
        };
        /**
         * Board
         * @description The top 20 and the totals. `version` changes with any of them; `rebuilding`: entries may be missing.
         *
         *         `name` says which day, week or month it is of (`2026-11-21`, `2026-W47`, `2026-11`), `closed` that it is over.
         */
        Board: {
            version: number;
            generated_at_s: number;
            total_clicks: number;
            total_players: number;
            active_players: number;
            rebuilding: boolean;
            entries: components["schemas"]["LeaderboardEntry"][];
            /** @default all */
            period: string;
            /** @default null */
            name: string | null;
            /** @default null */
            ends_at_s: number | null;
            /** @default false */
            closed: boolean;
        };
        /**
         * BoardChange
         * @description What makes the current all-time leaderboard of the one that a client has.
         *
         *         `clicks` are those of all places, from the first on; `players` says who is in the places where that has changed.
         *         `rebuilding` is absent where it is false. A change that names the players of all places is a whole leaderboard.
         */
        BoardChange: {
            version: number;
            totals: components["schemas"]["Totals"];
            clicks: number[];
            players: components["schemas"]["BoardPlayer"][];
            rebuilding?: boolean;
        };
        /**
         * BoardPlayer
         * @description Who is in a place of the leaderboard: `username`, or `public_name` where it is null.
         */
        BoardPlayer: {
            rank: number;
            id: string;
            username: string | null;
            public_name?: string;
        };
        /**
         * ClosedBoard
         * @description A past period: its number of players, and the best one, null for a player who has been erased.
         */
        ClosedBoard: {
            name: string;
            players: number;
            best: components["schemas"]["LeaderboardEntry"] | null;
        };
        /**
         * ClosedBoards
         * @description Past periods, the latest first; `cursor` requests the next page, null on the last.
         */
        ClosedBoards: {
            entries: components["schemas"]["ClosedBoard"][];
            cursor: string | null;
        };
        /**
         * DivisionView
         * @description The caller's division: its tier, its number in that tier, the caller's rank in it, and how they came there.
         *
         *         When the week ends, the best `up` players move to the tier `up_to`, the last `down` and all without taps to
         *         `down_to`: each row says so. A null tier: there is none, or it is not open yet.
         */
        DivisionView: {
            tier: components["schemas"]["Tier"];
            number: number;
            rank: number;
            moved: components["schemas"]["Moved"];
            up: number;
            up_to: components["schemas"]["Tier"] | null;
            down: number;
            down_to: components["schemas"]["Tier"] | null;
            rows: components["schemas"]["LeagueRow"][];
        };
        /**
         * Endpoints
         * @description Where a client should send what it sends most, absolute or relative to this API; if that fails, to the API.
         *
         *         Each takes and answers the same as the operation whose path it ends with.
         */
        Endpoints: {
            clicks?: string;
            heartbeat?: string;
        };
        /**
         * EnergyView
         * @description How many taps are paid: `full` at once, and one more each `every_ms`. Taps beyond count, but earn nothing.
         *
         *         `full - energy_full_in_ms / every_ms`, rounded down, is what a player has left.
         */
        EnergyView: {
            full: number;
            every_ms: number;
        };
        /**
         * EraseMe
         * @description Confirmation by the owner's recent launch data, because a session token could be stolen.
         */
        EraseMe: {
            init_data: string;
        };
        /**
         * ErasureBegun
         * @description The account is closed; all its data is deleted within this many seconds.
         */
        ErasureBegun: {
            done_within_s: number;
        };
        /** ErrorBody */
        ErrorBody: {
            error: components["schemas"]["ErrorDetail"];
        };
        /**
         * ErrorDetail
         * @description A stable `code` for programs, a `message` for people, and further `data`.
         */
        ErrorDetail: {
            code: string;
            message: string;
            data: Record<string, never>;
        };
        /**
         * FriendRow
         * @description A place on the caller's friends' board; names as in a LeaderboardEntry.
         */
        FriendRow: {
            rank: number;
            id: string;
            username: string | null;
            public_name: string;
            clicks: number;
            relation: components["schemas"]["Relation"];
        };
        /**
         * FriendsBoard
         * @description The caller, their inviter and whom they have invited; `complete` is false where they have invited more.
         */
        FriendsBoard: {
            entries: components["schemas"]["FriendRow"][];
            complete: boolean;
        };
        /**
         * HallOfFame
         * @description The best past days, weeks and months of all players.
         */
        HallOfFame: {
            day: components["schemas"]["Record"][];
            week: components["schemas"]["Record"][];
            month: components["schemas"]["Record"][];
        };
        /**
         * Health
         * @description `degraded` names the impaired parts; the game stays playable.
         */
        Health: {
            /** @enum {unknown} */
            status: "degraded" | "ok";
            degraded: "saving"[];
            saving: components["schemas"]["Saving"];
        };
        /**
         * Heartbeat
         * @description The session is still alive; the body may be an empty object.
         */
        Heartbeat: {
            /** @description The version of the all-time leaderboard that the client shows, 0 for none: the answer then brings what has changed since */
            board_since?: number;
        };
        /**
         * HeartbeatAnswer
         * @description `board` as in the answer to taps.
         */
        HeartbeatAnswer: {
            active: number;
            clicks: number;
            total_clicks: number;
            leaderboard_version: number;
            flush_every_ms: number;
            heartbeat_every_ms: number;
            board?: components["schemas"]["BoardChange"];
            /** @description How many of the player's taps were paid, ever; after a loss it may be as last saved, until the clients have sent their counts again */
            paid_taps?: number;
            /** @description How long it takes until the player has all energy (`energy`) back */
            energy_full_in_ms?: number;
        };
        /**
         * Invited
         * @description A player below the caller in the referral tree; `level` 1 was invited by the caller.
         *
         *         `direct` is the number of players they invited themselves.
         */
        Invited: {
            id: string;
            username: string | null;
            level: number;
            joined_at_s: number;
            direct: number;
            public_name: string;
        };
        /**
         * LeaderboardEntry
         * @description A row: `id` is the player's opaque id, `username` null where none is chosen, `public_name` what to show.
         */
        LeaderboardEntry: {
            rank: number;
            id: string;
            username: string | null;
            clicks: number;
            /** @default  */
            public_name: string;
        };
        /**
         * LeagueRow
         * @description A player of the division: `id` is the opaque id, names as in a LeaderboardEntry, `clicks` of this week.
         */
        LeagueRow: {
            rank: number;
            id: string;
            username: string | null;
            public_name: string;
            clicks: number;
            zone: components["schemas"]["Zone"];
        };
        /**
         * LeagueStatus
         * @description Where a player is: in a division; about to get one; without taps this week; or last week is being counted.
         * @enum {unknown}
         */
        LeagueStatus: "closing" | "entering" | "outside" | "playing";
        /**
         * LeagueView
         * @description The league of this week for the caller, with their clicks of the week.
         */
        LeagueView: {
            status: components["schemas"]["LeagueStatus"];
            week: string;
            ends_at_s: number;
            clicks: number;
            /** @default null */
            division: components["schemas"]["DivisionView"] | null;
        };
        /**
         * Moved
         * @description How a player has come into this week's tier.
         * @enum {unknown}
         */
        Moved: "down" | "new" | "stayed" | "up";
        /**
         * NewcomerView
         * @description For a player without a username: one to propose, which was free just now, and who has invited them.
         */
        NewcomerView: {
            proposed_username: string | null;
            invited_by: string | null;
        };
        /** OpenSession */
        OpenSession: {
            /**
             * Format: uuid
             * @description A UUID generated by the client
             */
            session_id: string;
        };
        /**
         * OwnRank
         * @description A player's rank on a board; players without a score on it rank last.
         */
        OwnRank: {
            rank: number;
            clicks: number;
            around: components["schemas"]["LeaderboardEntry"][];
        };
        /**
         * PlayerView
         * @description A player as they see themselves; `username` is null until one is chosen, `public_name` what others see.
         *
         *         `invite_url` is the link that friends come by, null as long as the game does not know its bot's name. `language` is
         *         the one they have chosen, here or in the chat: null to follow Telegram, absent where they have never chosen.
         */
        PlayerView: {
            id: string;
            username: string | null;
            display_name: string;
            clicks: number;
            ref_code: string;
            invite_url: string | null;
            public_name: string;
            language?: string | null;
        };
        /**
         * PreparedMessage
         * @description A score card that the player may send to any chat: `Telegram.WebApp.shareMessage(prepared_message_id)`.
         */
        PreparedMessage: {
            prepared_message_id: string;
            expires_at_s: number;
        };
        /**
         * Record
         * @description A best period of a player: `name` says which.
         */
        Record: {
            rank: number;
            id: string;
            username: string | null;
            clicks: number;
            name: string;
            /** @default  */
            public_name: string;
        };
        /** RecordTaps */
        RecordTaps: {
            /** @description All taps of this session so far */
            taps: number;
            /** @description The version of the all-time leaderboard that the client shows, 0 for none: the answer then brings what has changed since */
            board_since?: number;
        };
        /**
         * Referrals
         * @description The players whom the caller invited, and what it earned; `cursor` requests the next page, null on the last.
         *
         *         `invited_by` is the name of the caller's own inviter, null without one, or where they are gone.
         */
        Referrals: {
            ref_code: string;
            direct: number;
            indirect: number;
            boost: number;
            entries: components["schemas"]["Invited"][];
            cursor: string | null;
            /** @default null */
            invited_by: string | null;
        };
        /**
         * Relation
         * @description Who somebody on a friends' board is to the player.
         * @enum {unknown}
         */
        Relation: "invited" | "inviter" | "own";
        /**
         * Saving
         * @description The state of saving: unsaved players, the age of the oldest change, players who cannot be saved.
         *
         *         `refused_players` are kept in Redis, reported to the operator, and tried again every few minutes.
         */
        Saving: {
            unsaved_players: number;
            oldest_unsaved_s: number;
            refused_players: number;
        };
        /**
         * SessionView
         * @description An open session; `taps` is its watermark: the number of its taps that the game knows.
         */
        SessionView: {
            token: string;
            session_id: string;
            expires_at_s: number;
            taps: number;
            flush_every_ms: number;
            heartbeat_every_ms: number;
            allowance: components["schemas"]["TapAllowance"];
            player: components["schemas"]["PlayerView"];
            totals: components["schemas"]["Totals"];
            endpoints?: components["schemas"]["Endpoints"];
            newcomer?: components["schemas"]["NewcomerView"];
            energy?: components["schemas"]["EnergyView"];
            /** @description How many of the player's taps were paid, ever; after a loss it may be as last saved, until the clients have sent their counts again */
            paid_taps?: number;
            /** @description How long it takes until the player has all energy (`energy`) back */
            energy_full_in_ms?: number;
        };
        /**
         * TapAllowance
         * @description How fast the game credits a player's taps, over all sessions: `burst` at once, `taps_per_s` in the long run.
         *
         *         Taps sent faster are refused for good.
         */
        TapAllowance: {
            taps_per_s: number;
            burst: number;
        };
        /**
         * TapsRecorded
         * @description `taps` is the session's watermark, `accepted` how many of the new taps counted, `clicks` the player's total.
         *
         *         `board` is what has changed since `board_since`: absent where nothing has, or it isn't known yet. Then
         *         `leaderboard_version` is its version.
         */
        TapsRecorded: {
            taps: number;
            accepted: number;
            clicks: number;
            total_clicks: number;
            leaderboard_version: number;
            flush_every_ms: number;
            board?: components["schemas"]["BoardChange"];
            /** @description How many of the player's taps were paid, ever; after a loss it may be as last saved, until the clients have sent their counts again */
            paid_taps?: number;
            /** @description How long it takes until the player has all energy (`energy`) back */
            energy_full_in_ms?: number;
        };
        /**
         * Tier
         * @description The tiers of the league, the lowest first.
         * @enum {unknown}
         */
        Tier: "bronze" | "diamond" | "gold" | "sapphire" | "silver";
        /**
         * Totals
         * @description The clicks of all players, how many these are, and how many of them have an open session.
         */
        Totals: {
            clicks: number;
            players: number;
            active: number;
        };
        /**
         * Zone
         * @description What a place in a division leads to at the end of the week.
         * @enum {unknown}
         */
        Zone: "down" | "stay" | "up";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    openSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenSession"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not allowed for this player */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflicts with a rule of the game */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    recordTaps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordTaps"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TapsRecorded"];
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description The session has ended; reopen it with POST /sessions and the same id */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    heartbeat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Heartbeat"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeartbeatAnswer"];
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description The session has ended; reopen it with POST /sessions and the same id */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    getLeaderboard: {
        parameters: {
            query?: {
                period?: "all" | "day" | "week" | "month";
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Board"];
                };
            };
            /** @description Unchanged since the given ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    getClosedLeaderboards: {
        parameters: {
            query?: {
                period?: "day" | "week" | "month";
                limit?: string;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClosedBoards"];
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    getHallOfFame: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HallOfFame"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    getMyStanding: {
        parameters: {
            query?: {
                period?: "all" | "day" | "week" | "month";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnRank"];
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    getFriendsBoard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FriendsBoard"];
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    getLeague: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeagueView"];
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    getMyAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlayerView"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    eraseMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EraseMe"];
            };
        };
        responses: {
            /** @description Accepted; completed shortly */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureBegun"];
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not allowed for this player */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    rename: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChanges"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlayerView"];
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflicts with a rule of the game */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    getMyReferrals: {
        parameters: {
            query?: {
                of?: "direct" | "tree";
                limit?: string;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Referrals"];
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    exportMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    prepareShare: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreparedMessage"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not allowed for this player */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflicts with a rule of the game */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    telegramUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Identity missing, forged, foreign or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Too many requests: retry after Retry-After seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or Telegram is unavailable: retry after Retry-After seconds */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    getOpenapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
}
