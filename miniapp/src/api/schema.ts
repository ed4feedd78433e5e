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
        /** The top 20 and the totals, at most a few seconds old; or the best 100 of a past period. A season ranks by XP */
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
        /** Past days, weeks, months, years or seasons */
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
        /** The best days, weeks, months and years of all players */
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
    "/economy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's wallet: balances, energy, XP and status, boosts, revenue */
        get: operations["getEconomy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/catalogue/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of the catalogue: items, crates with their odds, tiers, shops. It never changes */
        get: operations["getCatalogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/economy/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the coins for paid taps, and the mail */
        post: operations["settle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/economy/collect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the revenue of businesses */
        post: operations["collect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that the caller has */
        get: operations["getInventory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inventory/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Use up a boost */
        post: operations["useItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inventory/equip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put something on, or take it off */
        post: operations["equip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inventory/repair": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a worn piece as good as new */
        post: operations["repair"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inventory/sell": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sell a piece, or some of a stack */
        post: operations["sell"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the shops sell to the caller now */
        get: operations["getShop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shop/buy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Buy an offer at the price that was shown */
        post: operations["buy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/crates/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open crates, by draws that anybody can check afterwards */
        post: operations["openCrates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chance/proofs/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that is needed to check a draw of the caller's, by the op that opened the crates */
        get: operations["getProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chance/seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reveal the server seed of the draws so far, and choose a seed for those to come */
        post: operations["changeSeed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has happened to the caller's wallet, newest first */
        get: operations["getLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/friends/{player}/cheer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cheer a friend, once a day; a repetition gets the same answer */
        post: operations["cheer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's missions, achievements, streak, season and prizes, with what can be claimed */
        get: operations["getProgress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Claim a reward; a cause that was claimed gets the first answer again */
        post: operations["claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/missions/reroll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a mission for another one, once a day */
        post: operations["rerollMission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/economy/checkin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check in: once a day of the caller's time zone, after the day's first tap */
        post: operations["checkIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/economy/zone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose the time zone that days of the streak are of, at most once a week */
        post: operations["setZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Factions by the beginning of their names */
        get: operations["findFactions"];
        put?: never;
        /** Found a faction */
        post: operations["foundFaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's faction, or what they need to find one */
        get: operations["getOwnFaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The best factions of a day, a week, a month, or of all time */
        get: operations["getFactionBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions/{faction}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A faction with its members */
        get: operations["getFaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions/{faction}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join a faction, or ask to */
        post: operations["joinFaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions/{faction}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave a faction, or take back a request to join it */
        post: operations["leaveFaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions/{faction}/donate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give coins to the treasury of one's faction */
        post: operations["donateToFaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions/{faction}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept or decline who asks to join; promote, demote or remove a member; hand over the lead */
        post: operations["changeFactionMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions/{faction}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change how players get in, the colour, or the link */
        post: operations["changeFaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions/{faction}/perks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Spend the treasury on a perk */
        post: operations["buyFactionPerk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/factions/{faction}/dissolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a faction for good, with its treasury */
        post: operations["dissolveFaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/territories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The map: who holds what, this week's contest, and the last weeks */
        get: operations["getTerritories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/territories/{territory}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say for which territory one's taps count from now on */
        post: operations["assignTerritory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/territories/{territory}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the reward for a territory that was won last week; the first answer again where it was taken */
        post: operations["claimTerritory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/heists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The heist that runs, the next ones, and what came of the last ones, or by `cursor` the caller's older shares */
        get: operations["getHeists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/heists/{heist}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a running heist; a retry of an op gets the first answer */
        post: operations["answerHeist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/heists/{heist}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Claim the caller's share of a heist that is over; again it changes nothing */
        post: operations["claimHeist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/raids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A few players whom the caller could raid, and when */
        get: operations["getRaids"];
        put?: never;
        /** Take a part of the revenue that a player has not collected */
        post: operations["raid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rallies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a rally, and be in it: whoever gets its id can join */
        post: operations["beginRally"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rallies/{rally}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A rally: who is in it, and what they have tapped together */
        get: operations["getRally"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rallies/{rally}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join a rally: the caller's taps count from now on. A repetition changes nothing */
        post: operations["joinRally"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rallies/{rally}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Claim what a rally that is over has brought; a repetition gets the first answer again */
        post: operations["claimRally"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/duels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller may stake on duels */
        get: operations["getDuelStakes"];
        put?: never;
        /** Offer a duel of 30 seconds to whoever gets its id: for honour, or for coins where the game allows it */
        post: operations["offerDuel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/duels/{duel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A duel: what both have tapped, and in the end who has won. Ask every second while it goes on */
        get: operations["getDuel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/duels/{duel}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept a duel: it starts in a few seconds. A repetition changes nothing */
        post: operations["acceptDuel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/duels/{duel}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a duel of one's own that nobody has accepted. A repetition changes nothing */
        post: operations["declineDuel"];
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
        /** What the game stores about the caller, as a file; once a minute */
        get: operations["exportMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for the caller to see, newest first */
        get: operations["getNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark notices up to a time as read */
        post: operations["readNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the bot may tell the caller, and when */
        get: operations["getNotificationSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what the bot may tell the caller, and when */
        patch: operations["changeNotificationSettings"];
        trace?: never;
    };
    "/live/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A fresh ticket for a WebSocket; `POST /sessions` brings one, too */
        post: operations["getLiveTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live/rooms/{room}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened in a room after what the client knows */
        get: operations["readRoom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live/rooms/{room}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something in a room, once for its op */
        post: operations["sayInRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live/rooms/{room}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell the operators of a message that should not be there */
        post: operations["reportMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What goes over the WebSocket, as AsyncAPI 3.0 */
        get: operations["getAsyncapi"];
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
    "/players/me/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's score as pictures to share */
        get: operations["getMyCards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/card.jpg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A score as a picture, at an address that getMyCards gives */
        get: operations["getCardPicture"];
        put?: never;
        post?: never;
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
         * AcceptRequest
         * @description The stake that the player was shown: another one is refused.
         */
        AcceptRequest: {
            /** @default 0 */
            stake: number;
        };
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
         * Achievement
         * @description Reached for good, tier by tier; `{target}` in `about`, and in its forms, stands for how much a tier takes.
         */
        Achievement: {
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            about: {
                [key: string]: string;
            };
            metric: components["schemas"]["Metric"];
            /** @default {} */
            forms: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            tiers: components["schemas"]["AchievementTier"][];
        };
        /** AchievementTier */
        AchievementTier: {
            target: number;
            reward: components["schemas"]["Reward"];
        };
        /**
         * AchievementView
         * @description An achievement: `value` is what counts for it.
         */
        AchievementView: {
            achievement: string;
            metric: string;
            value: number;
            tiers: components["schemas"]["TierState"][];
        };
        /**
         * Act
         * @description Names what a client starts, once and for all its retries: no older than a day by its own time.
         */
        Act: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
        };
        /**
         * AnswerRequest
         * @description An answer, or the letter of an option.
         */
        AnswerRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            answer: string;
        };
        /**
         * Armour
         * @description Keeps a part of the uncollected revenue from raiders; wears like a weapon.
         */
        Armour: {
            /** @enum {unknown} */
            kind: "armour";
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            rarity: components["schemas"]["Rarity"];
            about: {
                [key: string]: string;
            };
            /** @default 0 */
            sell: number;
            defence: number;
            lasts: number;
            repair: number;
        };
        /**
         * AssignRequest
         * @description Whether the caller taps for the territory from now on.
         */
        AssignRequest: {
            /** @default true */
            on: boolean;
        };
        /**
         * BadgeView
         * @description An achievement of the catalogue, by its id, and the highest tier of it that the player has claimed.
         *
         *         `permille` of all players have claimed that tier, null where it is not known.
         */
        BadgeView: {
            achievement: string;
            tier: number;
            permille: number | null;
        };
        /**
         * Balances
         * @description What a player has of each currency.
         */
        Balances: {
            coin: number;
            gem: number;
        };
        /**
         * Band
         * @description How much a mission takes and brings for players who had so many paid taps when the week began.
         */
        Band: {
            /** @default 0 */
            taps: number;
            target: number;
            reward: components["schemas"]["Reward"];
        };
        /**
         * Board
         * @description The top 20 and the totals. `version` changes with any of them; `rebuilding`: entries may be missing.
         *
         *         `name` says which day, week, month or year it is of (`2026-11-21`, `2026-W47`, `2026-11`, `2026`), or on which day
         *         its season began, `closed` that it is over. `metric` is absent on boards by taps; the totals are of the whole game,
         *         and in taps, on every board.
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
            metric?: components["schemas"]["BoardMetric"];
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
         * BoardMetric
         * @description What a board ranks by: taps, or a number of a player's wallet that only grows.
         * @enum {unknown}
         */
        BoardMetric: "achievements" | "checkins" | "coins" | "crates" | "friends" | "taps" | "xp";
        /**
         * BoardPlayer
         * @description Who is in a place of the leaderboard: `username`, or `public_name` where it is null, `title` and `looks`.
         */
        BoardPlayer: {
            rank: number;
            id: string;
            username: string | null;
            public_name?: string;
            title?: string;
            looks?: string;
        };
        /**
         * Boost
         * @description Used up; adds `permille` coins to each 1,000 paid taps, for so many paid taps.
         */
        Boost: {
            /** @enum {unknown} */
            kind: "boost";
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            rarity: components["schemas"]["Rarity"];
            about: {
                [key: string]: string;
            };
            /** @default 0 */
            sell: number;
            permille: number;
            taps: number;
        };
        /**
         * BoostView
         * @description Adds `permille` coins to each 1,000 paid taps, for `taps_left` more; `source` is a boost, or the worn weapon.
         */
        BoostView: {
            source: string;
            permille: number;
            taps_left: number;
        };
        /**
         * Bought
         * @description `count` of an item for `paid`; `pieces` are the ids of new pieces.
         */
        Bought: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            item: string;
            count: number;
            paid: number;
            pieces: string[];
        };
        /**
         * Business
         * @description Earns coins by the hour, and costs a part of them; a player's first `most` of a kind do.
         */
        Business: {
            /** @enum {unknown} */
            kind: "business";
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            rarity: components["schemas"]["Rarity"];
            about: {
                [key: string]: string;
            };
            /** @default 0 */
            sell: number;
            revenue_h: number;
            /** @default 0 */
            upkeep_h: number;
            /** @default 1 */
            most: number;
        };
        /**
         * BuyRequest
         * @description An offer, how often, and the price of one that the player was shown.
         */
        BuyRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            offer: string;
            price: number;
            /** @default 1 */
            count: number;
        };
        /**
         * Catalogue
         * @description All of it; `version` is the hash of the rest, and empty before it is compiled.
         */
        Catalogue: {
            money: components["schemas"]["Money"];
            energy: components["schemas"]["EnergyRules"];
            items: (components["schemas"]["Weapon"] | components["schemas"]["Armour"] | components["schemas"]["Business"] | components["schemas"]["Housing"] | components["schemas"]["Cosmetic"] | components["schemas"]["Title"] | components["schemas"]["Boost"] | components["schemas"]["Crate"])[];
            tiers: components["schemas"]["StatusTier"][];
            shops: components["schemas"]["Shops"];
            /** @default {} */
            missions: components["schemas"]["Missions"];
            /** @default [] */
            achievements: components["schemas"]["Achievement"][];
            /** @default {} */
            streak: components["schemas"]["Streak"];
            /** @default [] */
            seasons: components["schemas"]["Season"][];
            /** @default [] */
            league: components["schemas"]["LeaguePrize"][];
            /** @default {} */
            referral: components["schemas"]["Referral"];
            /** @default {} */
            factions: components["schemas"]["Factions"];
            /** @default [] */
            territories: components["schemas"]["Territory"][];
            /** @default {} */
            raids: components["schemas"]["Raids"];
            /** @default {} */
            rallies: components["schemas"]["Rallies"];
            /** @default {} */
            duels: components["schemas"]["Duels"];
            /** @default  */
            version: string;
        };
        /**
         * Changed
         * @description What is shown of `what` is out of date: read it anew, at a random moment within the next seconds.
         */
        Changed: {
            /** @enum {unknown} */
            type: "changed";
            what: string;
        };
        /**
         * CheckedIn
         * @description The `streak` has so many days; `frozen` missed days were covered by freezes, `freezes` are left.
         */
        CheckedIn: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            streak: number;
            best: number;
            freezes: number;
            frozen: number;
            next_at_ms: number;
            reward: components["schemas"]["RewardView"];
        };
        /**
         * Cheered
         * @description The caller has cheered a friend, and can again from `again_at_ms` on.
         */
        Cheered: {
            friend: string;
            at_ms: number;
            again_at_ms: number;
        };
        /**
         * ChestView
         * @description The reward for all missions of a week: `claimed` of `of` have been claimed.
         */
        ChestView: {
            cause: string;
            claimed: number;
            of: number;
            state: components["schemas"]["Claimable"];
            reward: components["schemas"]["RewardView"];
        };
        /**
         * ClaimRequest
         * @description What the reward is for, as GET /progress names it.
         */
        ClaimRequest: {
            cause: string;
        };
        /**
         * Claimable
         * @description Where a reward stands: still to be reached, reached, or claimed.
         * @enum {unknown}
         */
        Claimable: "claimed" | "open" | "ready";
        /**
         * Claimed
         * @description A reward is given, for a cause that has one once.
         */
        Claimed: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            cause: string;
            reward: components["schemas"]["RewardView"];
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
         * Collected
         * @description `coins` of revenue, less upkeep.
         */
        Collected: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            coins: number;
        };
        /**
         * ComingHeist
         * @description A heist that has not begun: nobody knows its question yet, the server included.
         */
        ComingHeist: {
            id: string;
            kind: string;
            starts_at_ms: number;
            ends_at_ms: number;
            prize: components["schemas"]["HeistPrize"];
        };
        /**
         * Contender
         * @description A faction that contests a territory.
         */
        Contender: {
            id: string;
            name: string;
            colour: string;
            taps: number;
        };
        /**
         * Cosmetic
         * @description Is seen and does nothing.
         */
        Cosmetic: {
            /** @enum {unknown} */
            kind: "cosmetic";
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            rarity: components["schemas"]["Rarity"];
            about: {
                [key: string]: string;
            };
            /** @default 0 */
            sell: number;
            /** @enum {unknown} */
            slot: "button" | "colour" | "frame";
            look: string;
        };
        /**
         * Crate
         * @description Opened for one of its drops, by published odds.
         */
        Crate: {
            /** @enum {unknown} */
            kind: "crate";
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            rarity: components["schemas"]["Rarity"];
            about: {
                [key: string]: string;
            };
            /** @default 0 */
            sell: number;
            drops: components["schemas"]["Drop"][];
            /** @default null */
            pity: components["schemas"]["Pity"] | null;
        };
        /**
         * Currency
         * @enum {unknown}
         */
        Currency: "coin" | "gem";
        /**
         * DayMissions
         * @description Today's missions; days are UTC, and this one ends at `ends_at_ms`.
         */
        DayMissions: {
            name: string;
            ends_at_ms: number;
            missions: components["schemas"]["MissionView"][];
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
         * DonateRequest
         * @description Coins for the treasury: they never come back.
         */
        DonateRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            amount: number;
        };
        /**
         * Donated
         * @description Coins given to a treasury, and the coins left.
         */
        Donated: {
            coins: number;
            coin: number;
        };
        /**
         * DrawState
         * @description What the next draws come from; `server_seed_hash` was fixed before them (rules/draws.py).
         *
         *         `nonce` counts the draws of this `epoch`, the time of one server seed; `pity` the openings of each crate since its
         *         last rare drop.
         */
        DrawState: {
            epoch: number;
            server_seed_hash: string;
            client_seed: string;
            nonce: number;
            pity: {
                [key: string]: number;
            };
        };
        /**
         * Drop
         * @description One outcome of a crate: `count` of an item or of a currency.
         */
        Drop: {
            weight: number;
            /** @default  */
            item: string;
            /** @default null */
            currency: components["schemas"]["Currency"] | null;
            /** @default 1 */
            count: number;
        };
        /**
         * DropView
         * @description `count` of an item, or of a currency.
         */
        DropView: {
            item: string | null;
            currency: components["schemas"]["Currency"] | null;
            count: number;
        };
        /**
         * DuelView
         * @description A duel: `rival` is null as long as nobody has accepted. Taps count from `starts_at_ms` to `ends_at_ms`.
         *
         *         `winner` is the id of who has tapped more: null before it is over, and for a draw.
         */
        DuelView: {
            id: string;
            now_ms: number;
            state: components["schemas"]["State"];
            host: components["schemas"]["DuellistView"];
            rival: components["schemas"]["DuellistView"] | null;
            expires_at_ms: number;
            starts_at_ms: number | null;
            ends_at_ms: number | null;
            winner: string | null;
            /** @default 0 */
            stake: number;
        };
        /**
         * DuellistView
         * @description A player of a duel, and what they have tapped in it so far.
         */
        DuellistView: {
            id: string;
            public_name: string;
            taps: number;
        };
        /**
         * Duels
         * @description What may be staked on duels, where a deployment allows chance: `most` coins, `a_day` times (0: never).
         *
         *         Both sides need the `level`, and an account of so many `days`. What one account can lose to another, and so what one
         *         can collect from others of the same person, is at most `a_day * most` a day.
         */
        Duels: {
            /** @default 10 */
            level: number;
            /** @default 7 */
            days: number;
            /** @default 200 */
            most: number;
            /** @default 0 */
            a_day: number;
        };
        /**
         * EconomyView
         * @description A player's wallet, with all that was earned by `now_ms`.
         *
         *         `balances` are what can be spent, once `pending` coins for paid taps are settled, which every command does first.
         *         `xp` counts pending taps, too. `worn` maps slots to items. `mail` counts gifts that the next command takes in.
         */
        EconomyView: {
            now_ms: number;
            seq: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            pending: number;
            energy: components["schemas"]["EnergyState"];
            xp: number;
            tier: components["schemas"]["TierView"];
            boosts: components["schemas"]["BoostView"][];
            revenue: components["schemas"]["Revenue"];
            worn: {
                [key: string]: string;
            };
            mail: number;
            draws: components["schemas"]["DrawState"];
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
         * EnergyRules
         * @description Paid taps: `full` at once, and one more each `every_ms`; taps beyond count, but earn nothing.
         */
        EnergyRules: {
            full: number;
            every_ms: number;
        };
        /**
         * EnergyState
         * @description The taps that would be paid now: `left` of `full`, one more each `every_ms`, all of them in `full_in_ms`.
         */
        EnergyState: {
            left: number;
            full: number;
            every_ms: number;
            full_in_ms: number;
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
         * Entered
         * @description Whether the caller is a member now, or has asked to be one.
         */
        Entered: {
            member: boolean;
        };
        /**
         * Entrance
         * @description How one gets in: at once, by a request that an officer accepts, or with the faction's link alone.
         * @enum {unknown}
         */
        Entrance: "link" | "open" | "request";
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
         * EquipRequest
         * @description A cosmetic or a title, by its `item`, or a piece, by its `instance`: put on, or taken off.
         */
        EquipRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            /** @default null */
            item: string | null;
            /** @default null */
            instance: string | null;
            /** @default false */
            off: boolean;
        };
        /**
         * Equipped
         * @description What a slot has now, "" for nothing.
         */
        Equipped: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            slot: string;
            item: string;
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
         * FactionBoard
         * @description The best factions of the current period, or of all time; about a minute old.
         */
        FactionBoard: {
            period: string;
            name: string;
            rows: components["schemas"]["FactionRow"][];
            own: components["schemas"]["FactionRow"] | null;
        };
        /**
         * FactionCard
         * @description A faction as anybody sees it in a list.
         */
        FactionCard: {
            id: string;
            name: string;
            level: number;
            members: number;
            entrance: components["schemas"]["Entrance"];
            /** @default  */
            colour: string;
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
         * FactionLevel
         * @description What a faction has from so many paid taps of its members on: seats, and characters of a message in its room.
         */
        FactionLevel: {
            taps: number;
            seats: number;
            /** @default 200 */
            message: number;
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
         * FactionPage
         * @description A page of factions; `cursor` asks for the next one.
         */
        FactionPage: {
            factions: components["schemas"]["FactionCard"][];
            /** @default null */
            cursor: string | null;
        };
        /**
         * FactionPerk
         * @description What a treasury buys, once, from a level on: a colour, more seats, longer messages. Never anything that earns.
         */
        FactionPerk: {
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            price: number;
            /** @default 1 */
            level: number;
            /** @default null */
            colour: string | null;
            /** @default 0 */
            seats: number;
            /** @default 0 */
            message: number;
        };
        /**
         * FactionRow
         * @description A faction on a board.
         */
        FactionRow: {
            rank: number;
            taps: number;
            faction: components["schemas"]["FactionCard"];
        };
        /**
         * FactionView
         * @description A faction with its members, the best of the week first; `next_level_taps` is None at the highest level.
         */
        FactionView: {
            card: components["schemas"]["FactionCard"];
            created_at_s: number;
            seats: number;
            taps_day: number;
            taps_week: number;
            taps_month: number;
            taps: number;
            paid_taps: number;
            next_level_taps: number | null;
            members: components["schemas"]["MemberView"][];
            /** @default null */
            inside: components["schemas"]["Inside"] | null;
        };
        /**
         * Factions
         * @description What founding one costs, how long who has left must wait, and how factions grow.
         */
        Factions: {
            /** @default 1000 */
            price: number;
            /** @default 24 */
            cooldown_h: number;
            /**
             * @default [
             *       {
             *         "taps": 0,
             *         "seats": 20
             *       }
             *     ]
             */
            levels: components["schemas"]["FactionLevel"][];
            /** @default [] */
            perks: components["schemas"]["FactionPerk"][];
        };
        /**
         * FoundRequest
         * @description A name, how players get in, and the price that the player was shown.
         */
        FoundRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            name: string;
            price: number;
            /** @default request */
            entrance: components["schemas"]["Entrance"];
        };
        /**
         * Founded
         * @description A faction that is founded, by its id.
         */
        Founded: {
            faction: string;
            paid: number;
            coin: number;
        };
        /**
         * FriendRow
         * @description A place on the caller's friends' board; names and looks as in a LeaderboardEntry.
         */
        FriendRow: {
            rank: number;
            id: string;
            username: string | null;
            public_name: string;
            clicks: number;
            relation: components["schemas"]["Relation"];
            cheered?: boolean;
            title?: string;
            looks?: string;
        };
        /**
         * FriendsBoard
         * @description The caller, their inviter and whom they have invited; `complete` is false where they have invited more.
         *
         *         `cheered` says whether the caller has cheered a friend today, and `cheers_again_at_ms` when the next day begins.
         */
        FriendsBoard: {
            entries: components["schemas"]["FriendRow"][];
            complete: boolean;
            cheers_again_at_ms?: number;
        };
        /**
         * HallOfFame
         * @description The best past days, weeks, months and years of all players.
         */
        HallOfFame: {
            day: components["schemas"]["Record"][];
            week: components["schemas"]["Record"][];
            month: components["schemas"]["Record"][];
            year: components["schemas"]["Record"][];
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
         * HeistAnswered
         * @description What came of an answer: `rank` is the place among the first, null for none.
         */
        HeistAnswered: {
            right: boolean;
            rank: number | null;
            tries_left: number;
        };
        /**
         * HeistClaimed
         * @description A share that was paid, in coins; `seq` is its entry in the ledger, 0 where there was nothing to pay.
         */
        HeistClaimed: {
            coins: number;
            seq: number;
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
         * HeistOption
         * @description An answer to choose: send its `id`.
         */
        HeistOption: {
            id: string;
            text: {
                [key: string]: string;
            };
        };
        /**
         * HeistPlace
         * @description Somebody who was among the first, and what they get in all.
         */
        HeistPlace: {
            rank: number;
            id: string;
            name: string;
            coins: number;
        };
        /**
         * HeistPrize
         * @description The pool grows by `each` with everybody who takes part, to at most `most`; nobody is paid below `least` players.
         *
         *         The first get `first` thousandths of it, by their place; all who take part share the rest.
         */
        HeistPrize: {
            each: number;
            most: number;
            least: number;
            first: number[];
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
         * HeistQuestionView
         * @description What is asked; without `options` the answer is typed, in any of the languages.
         */
        HeistQuestionView: {
            text: {
                [key: string]: string;
            };
            options: components["schemas"]["HeistOption"][];
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
         * HeistsView
         * @description What runs now, what comes next, and what was, the latest first.
         *
         *         For the `cursor` of an answer, `past` has of older heists those whose share the caller can still claim. Where it is
         *         empty there may be more, as long as there is a `cursor`.
         */
        HeistsView: {
            now_ms: number;
            running: components["schemas"]["RunningHeist"] | null;
            next: components["schemas"]["ComingHeist"][];
            past: components["schemas"]["PastHeist"][];
            /** @default null */
            cursor: string | null;
        };
        /**
         * HeldView
         * @description Who won a territory, under what name.
         */
        HeldView: {
            territory: string;
            faction: string;
            name: string;
            taps: number;
        };
        /**
         * Housing
         * @description Lets revenue pile up for more hours before it must be collected.
         */
        Housing: {
            /** @enum {unknown} */
            kind: "housing";
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            rarity: components["schemas"]["Rarity"];
            about: {
                [key: string]: string;
            };
            /** @default 0 */
            sell: number;
            hours: number;
            /** @default 0 */
            upkeep_h: number;
        };
        /**
         * Inside
         * @description What members alone see: the treasury, the link's start parameter, who waits (officers), perks, messages.
         */
        Inside: {
            role: components["schemas"]["Role"];
            treasury: number;
            link: string;
            waiting: components["schemas"]["Waiting"][];
            bought: string[];
            message_length: number;
        };
        /**
         * InventoryView
         * @description All that a player has; `room` of `bag` places are free.
         */
        InventoryView: {
            seq: number;
            catalogue: string;
            bag: number;
            room: number;
            stacks: components["schemas"]["StackView"][];
            pieces: components["schemas"]["PieceView"][];
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
         * JoinRequest
         * @description The code of the faction's link, "" without one.
         */
        JoinRequest: {
            /** @default  */
            code: string;
        };
        /**
         * Kind
         * @description What a notice is about. A new kind is a line here, one in notifications/kinds.py, and its texts.
         * @enum {unknown}
         */
        Kind: "cheer" | "chest" | "friend" | "league" | "mail" | "milestone" | "overtaken" | "raid" | "season" | "streak" | "week";
        /**
         * LeaderboardEntry
         * @description A row: `id` is the player's opaque id, `username` null where none is chosen, `public_name` what to show.
         *
         *         `clicks` is what the player has in the metric of the board: taps, unless the board says otherwise.
         *         `title` is the item of the catalogue that they wear beside it, `looks` are those that paint name and picture,
         *         separated by spaces; absent where there is none.
         */
        LeaderboardEntry: {
            rank: number;
            id: string;
            username: string | null;
            clicks: number;
            /** @default  */
            public_name: string;
            title?: string;
            looks?: string;
        };
        /**
         * LeaguePrize
         * @description What the ranks up to `to` of a division get after the week, in a tier of the league.
         */
        LeaguePrize: {
            /** @enum {unknown} */
            tier: "bronze" | "diamond" | "gold" | "sapphire" | "silver";
            to: number;
            reward: components["schemas"]["Reward"];
        };
        /**
         * LeagueRow
         * @description A player of the division, with an id, names and looks as in a LeaderboardEntry; `clicks` are of this week.
         */
        LeagueRow: {
            rank: number;
            id: string;
            username: string | null;
            public_name: string;
            clicks: number;
            zone: components["schemas"]["Zone"];
            title?: string;
            looks?: string;
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
         * LedgerChange
         * @description What the player got from a house account, negative for what they gave to it.
         */
        LedgerChange: {
            account: string;
            currency: components["schemas"]["Currency"];
            amount: number;
        };
        /**
         * LedgerLine
         * @description One entry of the ledger: what happened to the player, once, for a cause; `op` where they had asked for it.
         *
         *         `item` is what it was about: bought, sold, used, put on, repaired, or a crate that was opened. `goods` maps items to
         *         how many came or went; `balances` and `xp` are those after it.
         */
        LedgerLine: {
            seq: number;
            kind: string;
            cause: string;
            op: string | null;
            at_ms: number;
            catalogue: string;
            changes: components["schemas"]["LedgerChange"][];
            goods: {
                [key: string]: number;
            };
            balances: components["schemas"]["Balances"];
            xp: number;
            hash: string;
            item: string | null;
        };
        /**
         * LedgerPage
         * @description A part of the player's ledger, newest first; `cursor` asks for what is older, null at the end.
         */
        LedgerPage: {
            entries: components["schemas"]["LedgerLine"][];
            cursor: string | null;
        };
        /**
         * LiveTicket
         * @description Where to open a WebSocket: `url`, with `?ticket=` and the ticket, within a minute.
         */
        LiveTicket: {
            url: string;
            ticket: string;
        };
        /**
         * MemberRequest
         * @description What is to become of somebody who asks, or of a member.
         */
        MemberRequest: {
            player: string;
            /** @enum {unknown} */
            act: "accept" | "decline" | "demote" | "kick" | "promote" | "transfer";
        };
        /**
         * MemberView
         * @description A member: what they have tapped for the faction this week and ever, and given to its treasury.
         */
        MemberView: {
            id: string;
            name: string;
            username: string | null;
            title: string;
            role: components["schemas"]["Role"];
            joined_at_s: number;
            taps_week: number;
            taps: number;
            given: number;
            territory: string;
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
         * Metric
         * @description What goals count of a player: each only grows, whatever the player does (rules/metrics.py).
         * @enum {unknown}
         */
        Metric: "bought" | "care" | "checkins" | "cheers" | "chests" | "coins" | "collected" | "crates" | "friends" | "group_shares" | "missions" | "prizes" | "raids" | "rallies" | "repaired" | "rerolls" | "revenue" | "sales" | "seeds" | "sold" | "spent" | "stakes" | "steps" | "streak" | "taps" | "upkeep" | "used" | "winnings" | "wins" | "xp";
        /**
         * Mission
         * @description Something to do in a day or a week; `{target}` in its name, and in its forms, stands for how much.
         */
        Mission: {
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            /** @enum {unknown} */
            period: "day" | "week";
            metric: components["schemas"]["Metric"];
            /** @default {} */
            forms: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            bands: components["schemas"]["Band"][];
        };
        /**
         * MissionView
         * @description A mission: `mission` is its id in the catalogue, `cause` what to claim it by, `done` at most `target`.
         */
        MissionView: {
            cause: string;
            mission: string;
            metric: string;
            done: number;
            target: number;
            state: components["schemas"]["Claimable"];
            reward: components["schemas"]["RewardView"];
        };
        /**
         * Missions
         * @description `places` missions a day and as many a week for each player, one of which may be exchanged a day.
         *
         *         Who has claimed all of a week's may claim the chest.
         */
        Missions: {
            /** @default 3 */
            places: number;
            /** @default 100 */
            reroll: number;
            /** @default {} */
            chest: components["schemas"]["Reward"];
            /** @default [] */
            templates: components["schemas"]["Mission"][];
        };
        /**
         * Money
         * @description What a tap earns, and how much a day may create.
         */
        Money: {
            names: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            coins_per_1000_taps: number;
            revenue_hours: number;
            bag: number;
            escrow_h: number;
            daily_budget: number;
        };
        /**
         * Moved
         * @description How a player has come into this week's tier.
         * @enum {unknown}
         */
        Moved: "down" | "new" | "stayed" | "up";
        /**
         * MyCards
         * @description The caller's score as pictures: addresses below the API's own, for a message (wide) and for a story (tall).
         *
         *         `link` opens the game as the caller's friend, null as long as the game does not know its bot's name.
         */
        MyCards: {
            message: string;
            story: string;
            link: string | null;
        };
        /**
         * NewcomerView
         * @description For a player without a username: one to propose, which was free just now, and who has invited them.
         *
         *         Answers of sessions that have taps leave it out: their page has it, from one before.
         */
        NewcomerView: {
            proposed_username: string | null;
            invited_by: string | null;
        };
        /** NextSeason */
        NextSeason: {
            season: string;
            starts_at_ms: number;
        };
        /**
         * NextTier
         * @description The tier above: it begins at `xp`, and `missing` are still to go.
         */
        NextTier: {
            id: string;
            name: {
                [key: string]: string;
            };
            xp: number;
            missing: number;
        };
        /**
         * NotificationSettings
         * @description What the bot may write by itself, and when; the inbox has everything.
         *
         *         `enabled` is about all messages, `daily` about the one a day at most that calls the player back; `kinds` says of
         *         each kind whether the bot tells it. From `quiet_from_h` to `quiet_to_h` of the player's time the bot makes no
         *         sound; the hours are equal for none. Their time is that of `zone`, the time zone of their streak (POST
         *         /economy/zone); without one, it is what `utc_offset_min` was set to. `utc_offset_min` is how many minutes it is
         *         ahead of UTC now, null while neither is known.
         */
        NotificationSettings: {
            enabled: boolean;
            daily: boolean;
            kinds: {
                [key: string]: boolean;
            };
            quiet_from_h: number;
            quiet_to_h: number;
            utc_offset_min: number | null;
            /** @default null */
            zone: string | null;
        };
        /**
         * NotificationView
         * @description A notice: what its text is made of. Clients skip kinds that they do not know.
         *
         *         `facts` by kind: overtaken `rank`, `count` (taps to pass the one above); week `rank`, `players`, `count` (taps);
         *         league `moved` (up, down), `tier`; milestone `count`; streak `count` (days); season `what` (begun, ends), `season`,
         *         `steps`, and at the end `count` (days left), `step`; raid `count` (coins taken). `people` are those whom it is
         *         about, as they are called now.
         */
        NotificationView: {
            kind: string;
            key: string;
            at_ms: number;
            is_new: boolean;
            facts: {
                [key: string]: number | string;
            };
            people: components["schemas"]["PersonView"][];
        };
        /**
         * NotificationsPage
         * @description A part of the inbox, newest first; `cursor` asks for what is older, null at the end.
         *
         *         `unread` counts the whole inbox; `up_to` marks all of it as read.
         */
        NotificationsPage: {
            entries: components["schemas"]["NotificationView"][];
            unread: number;
            up_to: number;
            cursor: string | null;
        };
        /**
         * Offer
         * @description What a shop sells: `count` of an item for a price, to players of a tier or a higher one.
         */
        Offer: {
            id: string;
            item: string;
            price: number;
            /** @default coin */
            currency: components["schemas"]["Currency"];
            /** @default 1 */
            count: number;
            /** @default null */
            tier: string | null;
            /** @default false */
            retired: boolean;
        };
        /**
         * OfferRequest
         * @description How many coins each side is to put on it; none for honour.
         */
        OfferRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            /** @default 0 */
            stake: number;
        };
        /**
         * OfferView
         * @description `count` of an item for a price; `tier` is the lowest that may buy.
         *
         *         It is there until `until_ms`, null for always; `left` are the pieces of a limited offer for all players, a few
         *         seconds old, null without a limit.
         */
        OfferView: {
            id: string;
            shop: string;
            item: string;
            count: number;
            price: number;
            currency: components["schemas"]["Currency"];
            tier: string | null;
            until_ms: number | null;
            left: number | null;
        };
        /**
         * OpenRequest
         * @description So many crates of a kind.
         */
        OpenRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            crate: string;
            /** @default 1 */
            count: number;
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
         * Opened
         * @description What was in the crates, in order; `nonce` names the draw.
         */
        Opened: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            crate: string;
            epoch: number;
            nonce: number;
            drops: components["schemas"]["DropView"][];
        };
        /**
         * OwnFaction
         * @description The caller's faction; where there is none, from when they may join one, and whom they have asked.
         */
        OwnFaction: {
            faction: components["schemas"]["FactionView"] | null;
            free_at_s: number;
            asked: components["schemas"]["FactionCard"][];
            price: number;
        };
        /**
         * OwnHeist
         * @description How the caller stands: `rank` is the place among the first, null for none.
         */
        OwnHeist: {
            tries_left: number;
            right: boolean;
            rank: number | null;
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
         * PastHeist
         * @description What came of a heist; `share` is the caller's, null for who took no part. POST /heists/{id}/claim pays it.
         */
        PastHeist: {
            id: string;
            kind: string;
            question: components["schemas"]["HeistQuestionView"];
            answer: {
                [key: string]: string;
            };
            ended_at_ms: number;
            pool: number;
            players: number;
            winners: components["schemas"]["HeistPlace"][];
            share: number | null;
            claimed: boolean;
        };
        /** PastWeek */
        PastWeek: {
            week: string;
            held: components["schemas"]["HeldView"][];
        };
        /**
         * PerkRequest
         * @description A perk, and the price that was shown; bought twice, it is paid once.
         */
        PerkRequest: {
            perk: string;
            price: number;
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
        /** PersonView */
        PersonView: {
            id: string;
            public_name: string;
        };
        /**
         * Picks
         * @description A shop whose offers change: `places` of them at a time, for `hours`, at one of the discounts (per mille).
         *
         *         With a `stock` there are so many of each for all players together.
         */
        Picks: {
            places: number;
            hours: number;
            discounts: number[];
            offers: components["schemas"]["Offer"][];
            /** @default 0 */
            stock: number;
        };
        /**
         * PieceView
         * @description One piece, what it brings now and what its repair costs; of the `lasts` paid taps it has, `used` are used up.
         *
         *         It lasts for ever where `lasts` is 0. One with `escrow_until_ms` has no room in the bag, and is lost at that time.
         */
        PieceView: {
            id: string;
            item: string;
            worn: boolean;
            used: number;
            lasts: number;
            sells_for: number;
            repair_price: number;
            escrow_until_ms: number | null;
        };
        /**
         * Pity
         * @description After `opens` crates without this rarity or a higher one, the next one has it.
         */
        Pity: {
            opens: number;
            rarity: components["schemas"]["Rarity"];
        };
        /**
         * PlayerRef
         * @description Somebody by their id alone: a room would keep the name of who is erased meanwhile.
         */
        PlayerRef: {
            id: string;
        };
        /**
         * PlayerView
         * @description A player as they see themselves; `username` is null until one is chosen, `public_name` what others see.
         *
         *         `invite_url` is the link that friends come by, null as long as the game does not know its bot's name. `language` is
         *         the one they have chosen, here or in the chat: null to follow Telegram, absent where they have never chosen. `title`
         *         is the item of the catalogue that they wear beside their name, `looks` are as in a LeaderboardEntry. `achievements`
         *         are those that they have claimed, the rarest first; absent in the answers of other operations, and while a store is
         *         unavailable.
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
            title?: string;
            looks?: string;
            achievements?: components["schemas"]["BadgeView"][];
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
         * PrizeView
         * @description A prize that is there to claim: for the place in the league of the week before.
         */
        PrizeView: {
            cause: string;
            week: string;
            tier: string;
            rank: number;
            reward: components["schemas"]["RewardView"];
        };
        /**
         * ProgressView
         * @description All that a player can reach, as it is at `now_ms`; `ready` counts what can be claimed now, the check-in too.
         */
        ProgressView: {
            now_ms: number;
            seq: number;
            catalogue: string;
            ready: number;
            day: components["schemas"]["DayMissions"];
            week: components["schemas"]["WeekMissions"];
            reroll: components["schemas"]["RerollState"];
            achievements: components["schemas"]["AchievementView"][];
            streak: components["schemas"]["StreakView"];
            season: components["schemas"]["SeasonView"] | null;
            next_season: components["schemas"]["NextSeason"] | null;
            league: components["schemas"]["PrizeView"] | null;
        };
        /**
         * Proof
         * @description All that is needed to draw a crate again, by anybody: seeds, nonce, openings since the last rare drop before it.
         *
         *         `server_seed` is null until the player has asked for another one (POST /chance/seed); its hash was shown before the
         *         draw. `catalogue` is the version whose odds counted.
         */
        Proof: {
            op: string;
            at_ms: number;
            catalogue: string;
            crate: string;
            epoch: number;
            nonce: number;
            client_seed: string;
            server_seed_hash: string;
            server_seed: string | null;
            misses: number;
            drops: components["schemas"]["DropView"][];
        };
        /**
         * RaidRequest
         * @description The id of a player.
         */
        RaidRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            target: string;
        };
        /**
         * Raided
         * @description A raid: `coins` have arrived.
         */
        Raided: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            target: string;
            coins: number;
            revenge: boolean;
            left: number;
        };
        /**
         * Raids
         * @description How much of the revenue that a target has not collected a raid takes, and who may raid how often.
         *
         *         `take` is the part (per mille) that is taken where attack and defence are even, `most` the coins that are taken at
         *         most, and `keep` the part (per mille) of them that arrives: at least `least`, or there is no raid. Both sides need
         *         the `level`. A player raids so many times `a_day` (0: there are no raids) with `rest_min` in between, and is raided
         *         so many times by all others in any 24 hours (`suffered`), by each of them once.
         */
        Raids: {
            /** @default 5 */
            level: number;
            /** @default 250 */
            take: number;
            /** @default 600 */
            keep: number;
            /** @default 500 */
            most: number;
            /** @default 10 */
            least: number;
            /** @default 0 */
            a_day: number;
            /** @default 2 */
            suffered: number;
            /** @default 30 */
            rest_min: number;
        };
        /**
         * RaidsView
         * @description Whom the caller could raid. `open`: the caller has the level that it takes, and there are raids.
         *
         *         `left` is the number of raids that the caller has today (UTC), `next_at_ms` when the next one may be.
         */
        RaidsView: {
            now_ms: number;
            level: number;
            open: boolean;
            left: number;
            next_at_ms: number;
            targets: components["schemas"]["TargetView"][];
        };
        /**
         * Rallies
         * @description Tapping together for some `minutes`; a host rests before the next one.
         *
         *         Who has at least `least` taps may claim the highest step that all have reached, `a_day` times a day. With so many
         *         such `players`, the one with the most taps gets the `juggernaut`'s reward besides. Without steps there are none.
         */
        Rallies: {
            /** @default 15 */
            minutes: number;
            /** @default 30 */
            rest_min: number;
            /** @default 50 */
            least: number;
            /** @default 3 */
            players: number;
            /** @default 3 */
            a_day: number;
            /** @default [] */
            steps: components["schemas"]["RallyStep"][];
            /** @default {} */
            juggernaut: components["schemas"]["Reward"];
        };
        /**
         * RallyMemberView
         * @description A player in a rally, and their taps in it.
         */
        RallyMemberView: {
            id: string;
            public_name: string;
            taps: number;
        };
        /**
         * RallyStep
         * @description What everybody in a rally gets once all have so many taps together.
         */
        RallyStep: {
            taps: number;
            reward: components["schemas"]["Reward"];
        };
        /**
         * RallyStepView
         * @description What everybody gets once all have so many taps together.
         */
        RallyStepView: {
            taps: number;
            reward: components["schemas"]["RewardView"];
        };
        /**
         * RallyView
         * @description A rally: `members` are the best, the most taps first; `players` how many there are.
         *
         *         `own` is what the caller has tapped, null where they have not joined. `reached` is the number of the highest step so
         *         far. Once it is `over`, nothing changes: `juggernaut` is the id of who has tapped most, null where nobody gets that
         *         reward, and `claim` the cause of the caller's reward, null where there is none for them.
         */
        RallyView: {
            id: string;
            now_ms: number;
            starts_at_ms: number;
            ends_at_ms: number;
            over: boolean;
            total: number;
            reached: number;
            least: number;
            steps: components["schemas"]["RallyStepView"][];
            players: number;
            members: components["schemas"]["RallyMemberView"][];
            own: number | null;
            juggernaut: string | null;
            claim: string | null;
        };
        /**
         * Rarity
         * @description From the most common to the rarest.
         * @enum {unknown}
         */
        Rarity: "common" | "legendary" | "rare" | "uncommon";
        /**
         * ReadRequest
         * @description The `up_to` of a page, or the `at_ms` of a notice.
         */
        ReadRequest: {
            up_to: number;
        };
        /** ReadUpTo */
        ReadUpTo: {
            unread: number;
        };
        /**
         * Record
         * @description A best period of a player: `name` says which; names and looks as in a LeaderboardEntry.
         */
        Record: {
            rank: number;
            id: string;
            username: string | null;
            clicks: number;
            name: string;
            /** @default  */
            public_name: string;
            title?: string;
            looks?: string;
        };
        /** RecordTaps */
        RecordTaps: {
            /** @description All taps of this session so far */
            taps: number;
            /** @description The version of the all-time leaderboard that the client shows, 0 for none: the answer then brings what has changed since */
            board_since?: number;
        };
        /**
         * Referral
         * @description What an inviter gets once the player whom they have invited has tapped up to a level.
         */
        Referral: {
            /** @default 5 */
            level: number;
            /** @default {} */
            reward: components["schemas"]["Reward"];
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
         * Removed
         * @description Messages that are to be shown no more, by their `seq` in the room.
         */
        Removed: {
            /** @enum {unknown} */
            type: "removed";
            messages: number[];
        };
        /**
         * RepairRequest
         * @description A worn piece.
         */
        RepairRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            instance: string;
        };
        /** Repaired */
        Repaired: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            item: string;
            paid: number;
        };
        /**
         * ReportRequest
         * @description A message that should not be there.
         */
        ReportRequest: {
            epoch: string;
            seq: number;
            /** @default  */
            reason: string;
        };
        /**
         * RerollRequest
         * @description The cause of a mission that is not claimed.
         */
        RerollRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            cause: string;
        };
        /**
         * RerollState
         * @description One mission may be exchanged a day, for `price` coins; `next_at_ms` is null where it may be done now.
         */
        RerollState: {
            price: number;
            next_at_ms: number | null;
        };
        /**
         * Rerolled
         * @description A mission is exchanged for that of the cause `new`.
         */
        Rerolled: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            cause: string;
            new: string;
            paid: number;
        };
        /**
         * Reseeded
         * @description The server seed of the draws before, and the hash of the one that comes after it.
         */
        Reseeded: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            server_seed: string;
            server_seed_hash: string;
            next_server_seed_hash: string;
        };
        /**
         * Revenue
         * @description What businesses earn and cost an hour, and the coins that are there to collect.
         *
         *         They pile up until `full_at_ms`, null where there is no business.
         */
        Revenue: {
            per_h: number;
            upkeep_per_h: number;
            ready: number;
            full_at_ms: number | null;
        };
        /**
         * Reward
         * @description What a claim brings; `freezes` keep a streak over a missed day.
         */
        Reward: {
            /** @default 0 */
            coin: number;
            /** @default 0 */
            gem: number;
            /** @default 0 */
            xp: number;
            /** @default {} */
            goods: {
                [key: string]: number;
            };
            /** @default 0 */
            freezes: number;
        };
        /**
         * RewardView
         * @description What a claim brings; `goods` maps items to how many, `freezes` keep a streak over a missed day.
         */
        RewardView: {
            /** @default 0 */
            coin: number;
            /** @default 0 */
            gem: number;
            /** @default 0 */
            xp: number;
            /** @default {} */
            goods: {
                [key: string]: number;
            };
            /** @default 0 */
            freezes: number;
        };
        /**
         * Role
         * @description What a member may do: a leader everything, an officer what keeps the faction going.
         * @enum {unknown}
         */
        Role: "leader" | "member" | "officer";
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
         * RunningHeist
         * @description A heist that takes answers: so many players have answered, so many places are taken.
         */
        RunningHeist: {
            id: string;
            kind: string;
            question: components["schemas"]["HeistQuestionView"];
            starts_at_ms: number;
            ends_at_ms: number;
            tries: number;
            prize: components["schemas"]["HeistPrize"];
            players: number;
            places_taken: number;
            own: components["schemas"]["OwnHeist"];
        };
        /**
         * SaidView
         * @description The number of a message in its room.
         */
        SaidView: {
            seq: number;
        };
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
         * SayRequest
         * @description What to say; with the op of an earlier request, what that has said stands.
         */
        SayRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            text: string;
        };
        /**
         * Season
         * @description Runs from the midnight (UTC) of `starts` to that of `ends`, with rewards for XP earned in between.
         */
        Season: {
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            about: {
                [key: string]: string;
            };
            /** Format: date */
            starts: string;
            /** Format: date */
            ends: string;
            theme: components["schemas"]["Theme"];
            steps: components["schemas"]["Step"][];
        };
        /**
         * SeasonView
         * @description The season that it is, with the `xp` earned in it; what is not claimed at its end is paid without being asked.
         */
        SeasonView: {
            season: string;
            starts_at_ms: number;
            ends_at_ms: number;
            xp: number;
            theme: components["schemas"]["ThemeView"];
            steps: components["schemas"]["StepView"][];
        };
        /**
         * SeedRequest
         * @description A seed of the player's own for the draws to come.
         */
        SeedRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            /** @default  */
            client_seed: string;
        };
        /**
         * SellRequest
         * @description So many of a stack, by its `item`, or one piece, by its `instance`.
         */
        SellRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            /** @default null */
            item: string | null;
            /** @default null */
            instance: string | null;
            /** @default 1 */
            count: number;
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
            /** @description Notices in the inbox that the player has not read; absent where it can't be told now */
            unread?: number;
            live?: components["schemas"]["LiveTicket"];
        };
        /**
         * SettingsChanges
         * @description What to change of the settings; what is absent stays. `utc_offset_min` only counts while there is no `zone`.
         */
        SettingsChanges: {
            enabled?: boolean;
            daily?: boolean;
            kinds?: {
                [key: string]: boolean;
            };
            quiet_from_h?: number;
            quiet_to_h?: number;
            /** @description Minutes ahead of UTC */
            utc_offset_min?: number;
        };
        /**
         * SettingsRequest
         * @description How players get in, a colour that the treasury has bought, a new link: what is not there stays.
         */
        SettingsRequest: {
            /** @default null */
            entrance: components["schemas"]["Entrance"] | null;
            /** @default null */
            colour: string | null;
            /** @default false */
            new_link: boolean;
        };
        /**
         * Settled
         * @description Taps are paid, and mail is taken in.
         */
        Settled: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
        };
        /**
         * ShopView
         * @description What the shops sell to the caller now.
         */
        ShopView: {
            now_ms: number;
            catalogue: string;
            offers: components["schemas"]["OfferView"][];
        };
        /** Shops */
        Shops: {
            always: components["schemas"]["Offer"][];
            daily: components["schemas"]["Picks"];
            black_market: components["schemas"]["Picks"];
        };
        /**
         * Size
         * @description What a raid would bring, against the most that one can: nobody sees more of what others have.
         * @enum {unknown}
         */
        Size: "fair" | "rich" | "small";
        /** Sold */
        Sold: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            item: string;
            coins: number;
        };
        /**
         * StackView
         * @description So many of an item; `worn` where it is on.
         */
        StackView: {
            item: string;
            count: number;
            worn: boolean;
        };
        /**
         * StakesView
         * @description What the caller may stake: nothing where `open` is false, or before the `level` and so many `days` of play.
         *
         *         `most` coins on one duel, on `left` more of them today (UTC).
         */
        StakesView: {
            now_ms: number;
            open: boolean;
            level: number;
            days: number;
            most: number;
            left: number;
        };
        /**
         * State
         * @enum {unknown}
         */
        State: "accepted" | "declined" | "offered" | "over" | "running";
        /**
         * StatusTier
         * @description A status that a player has from so much lifetime XP on.
         */
        StatusTier: {
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            xp: number;
        };
        /**
         * Step
         * @description A reward for so much XP in a season.
         */
        Step: {
            xp: number;
            reward: components["schemas"]["Reward"];
        };
        /** StepView */
        StepView: {
            step: number;
            xp: number;
            cause: string;
            state: components["schemas"]["Claimable"];
            reward: components["schemas"]["RewardView"];
        };
        /**
         * Streak
         * @description What the check-in of each day of a streak brings, the last one from there on; how many freezes may be kept.
         */
        Streak: {
            /** @default [] */
            days: components["schemas"]["Reward"][];
            /** @default 2 */
            freezes: number;
        };
        /**
         * StreakView
         * @description The streak: `days` until now, `best` ever, and what the next check-in makes of it.
         *
         *         `freezes` of at most `most_freezes` are left, each for a missed day; the next check-in takes `freezes_needed`.
         *         `due` says that today's check-in is not made yet, `tapped` that the day's first tap is counted: with both, check
         *         in. `next_at_ms` is when the next one is due. `zone` is "" before one was chosen, and UTC then; `zone_free_at_ms`
         *         is when it may be changed, null for now. `week` are the rewards of the days from `next_day`, the next check-in's.
         */
        StreakView: {
            days: number;
            best: number;
            freezes: number;
            most_freezes: number;
            freezes_needed: number;
            due: boolean;
            tapped: boolean;
            next_at_ms: number;
            zone: string;
            zone_free_at_ms: number | null;
            next_day: number;
            week: components["schemas"]["RewardView"][];
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
         * TargetView
         * @description Somebody to raid: `size` is of the coins that it would bring. `revenge`: they have raided the caller today.
         */
        TargetView: {
            id: string;
            public_name: string;
            level: number;
            size: components["schemas"]["Size"];
            /** @default false */
            revenge: boolean;
            /** @default  */
            title: string;
        };
        /**
         * Territories
         * @description The map: its outlines are in the catalogue. `claimable` is the territory whose reward the caller may take.
         */
        Territories: {
            week: string;
            ends_at_s: number;
            territories: components["schemas"]["TerritoryView"][];
            own: string;
            claimable: string | null;
            history: components["schemas"]["PastWeek"][];
        };
        /**
         * Territory
         * @description A part of the map: its outline as an SVG path in a box of 320 x 240, where its name stands, and what it brings.
         *
         *         Members of the faction that holds it who have tapped at least `least` for it may claim the reward, once a week.
         */
        Territory: {
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            outline: string;
            x: number;
            y: number;
            /** @default 100 */
            least: number;
            reward: components["schemas"]["Reward"];
        };
        /**
         * TerritoryReward
         * @description What a territory has brought, and the coins that the caller has now.
         */
        TerritoryReward: {
            coins: number;
            xp: number;
            coin: number;
        };
        /**
         * TerritoryView
         * @description A territory: who holds it since last week, and who leads this week.
         */
        TerritoryView: {
            id: string;
            holder: components["schemas"]["Contender"] | null;
            leading: components["schemas"]["Contender"][];
        };
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
         * Theme
         * @description A season's colours in the Mini App, for light and dark themes.
         */
        Theme: {
            accent: string;
            accent_dark: string;
        };
        /**
         * ThemeView
         * @description Colours (`#rrggbb`) for light and dark themes.
         */
        ThemeView: {
            accent: string;
            accent_dark: string;
        };
        /**
         * Tier
         * @description The tiers of the league, the lowest first.
         * @enum {unknown}
         */
        Tier: "bronze" | "diamond" | "gold" | "sapphire" | "silver";
        /**
         * TierState
         * @description A tier of an achievement; `permille` of all players have claimed it, null where that is not known.
         */
        TierState: {
            tier: number;
            target: number;
            cause: string;
            state: components["schemas"]["Claimable"];
            permille: number | null;
            reward: components["schemas"]["RewardView"];
        };
        /**
         * TierView
         * @description A player's status: it began at `xp`; null for `next` says that it is the highest.
         */
        TierView: {
            id: string;
            name: {
                [key: string]: string;
            };
            xp: number;
            next: components["schemas"]["NextTier"] | null;
        };
        /**
         * Title
         * @description Stands beside the player's name.
         */
        Title: {
            /** @enum {unknown} */
            kind: "title";
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            rarity: components["schemas"]["Rarity"];
            about: {
                [key: string]: string;
            };
            /** @default 0 */
            sell: number;
        };
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
         * UseRequest
         * @description A boost.
         */
        UseRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            item: string;
        };
        /**
         * Used
         * @description A boost runs for so many paid taps.
         */
        Used: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            item: string;
            permille: number;
            taps: number;
        };
        /**
         * Waiting
         * @description A player who asks to join.
         */
        Waiting: {
            id: string;
            name: string;
            asked_at_s: number;
        };
        /**
         * Weapon
         * @description Adds `tap_permille` coins to each 1,000 paid taps, and attacks in raids; lasts so many thousands of paid taps.
         */
        Weapon: {
            /** @enum {unknown} */
            kind: "weapon";
            id: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            retired: boolean;
            rarity: components["schemas"]["Rarity"];
            about: {
                [key: string]: string;
            };
            /** @default 0 */
            sell: number;
            tap_permille: number;
            attack: number;
            lasts: number;
            repair: number;
        };
        /**
         * WeekMissions
         * @description This week's missions, and the chest for all of them.
         */
        WeekMissions: {
            name: string;
            ends_at_ms: number;
            missions: components["schemas"]["MissionView"][];
            chest: components["schemas"]["ChestView"];
        };
        /**
         * Zone
         * @description What a place in a division leads to at the end of the week.
         * @enum {unknown}
         */
        Zone: "down" | "stay" | "up";
        /**
         * ZoneRequest
         * @description A time zone of the IANA database: `Europe/Lisbon`.
         */
        ZoneRequest: {
            /** @description A UUIDv7 of the client's, kept until it is answered */
            op: string;
            zone: string;
        };
        /**
         * ZoneSet
         * @description The zone that days are of from now on; it may be changed again at `free_at_ms`.
         */
        ZoneSet: {
            op: string;
            seq: number;
            at_ms: number;
            catalogue: string;
            balances: components["schemas"]["Balances"];
            change: components["schemas"]["Balances"];
            xp: number;
            settled: number;
            zone: string;
            free_at_ms: number;
        };
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
                period?: "all" | "day" | "week" | "month" | "year" | "season";
                metric?: "taps" | "coins" | "xp" | "crates" | "checkins" | "friends" | "achievements";
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
                period?: "day" | "week" | "month" | "year" | "season";
                metric?: "taps" | "coins" | "xp" | "crates" | "checkins" | "friends" | "achievements";
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
            query?: {
                metric?: "taps" | "coins" | "xp" | "crates" | "checkins" | "friends" | "achievements";
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
                    "application/json": components["schemas"]["HallOfFame"];
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
    getMyStanding: {
        parameters: {
            query?: {
                period?: "all" | "day" | "week" | "month" | "year" | "season";
                metric?: "taps" | "coins" | "xp" | "crates" | "checkins" | "friends" | "achievements";
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
    getEconomy: {
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
                    "application/json": components["schemas"]["EconomyView"];
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
    getCatalogue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
            };
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
                    "application/json": components["schemas"]["Catalogue"];
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
    settle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Act"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
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
    collect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Act"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collected"];
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
    getInventory: {
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
                    "application/json": components["schemas"]["InventoryView"];
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
    useItem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UseRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Used"];
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
    equip: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EquipRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Equipped"];
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
    repair: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RepairRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repaired"];
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
    sell: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SellRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sold"];
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
    getShop: {
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
                    "application/json": components["schemas"]["ShopView"];
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
    buy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BuyRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bought"];
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
    openCrates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Opened"];
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
    getProof: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry: string;
            };
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
                    "application/json": components["schemas"]["Proof"];
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
    changeSeed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeedRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reseeded"];
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
    getLedger: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["LedgerPage"];
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
    cheer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                player: string;
            };
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
                    "application/json": components["schemas"]["Cheered"];
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
    getProgress: {
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
                    "application/json": components["schemas"]["ProgressView"];
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
    claim: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claimed"];
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
    rerollMission: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RerollRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rerolled"];
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
    checkIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Act"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedIn"];
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
    setZone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ZoneRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ZoneSet"];
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
    findFactions: {
        parameters: {
            query?: {
                name?: string;
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
                    "application/json": components["schemas"]["FactionPage"];
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
    foundFaction: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FoundRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Founded"];
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
    getOwnFaction: {
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
                    "application/json": components["schemas"]["OwnFaction"];
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
    getFactionBoard: {
        parameters: {
            query?: {
                period?: "week" | "day" | "month" | "all";
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
                    "application/json": components["schemas"]["FactionBoard"];
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
    getFaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                faction: string;
            };
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
                    "application/json": components["schemas"]["FactionView"];
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
    joinFaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                faction: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entered"];
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
    leaveFaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                faction: string;
            };
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
                    "application/json": components["schemas"]["OwnFaction"];
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
    donateToFaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                faction: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DonateRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Donated"];
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
    changeFactionMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                faction: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactionView"];
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
    changeFaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                faction: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactionView"];
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
    buyFactionPerk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                faction: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PerkRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactionView"];
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
    dissolveFaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                faction: string;
            };
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
                    "application/json": components["schemas"]["OwnFaction"];
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
    getTerritories: {
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
                    "application/json": components["schemas"]["Territories"];
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
    assignTerritory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                territory: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Territories"];
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
    claimTerritory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                territory: string;
            };
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
                    "application/json": components["schemas"]["TerritoryReward"];
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
    getHeists: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["HeistsView"];
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
    answerHeist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                heist: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeistAnswered"];
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
    claimHeist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                heist: string;
            };
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
                    "application/json": components["schemas"]["HeistClaimed"];
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
    getRaids: {
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
                    "application/json": components["schemas"]["RaidsView"];
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
    raid: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RaidRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Raided"];
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
    beginRally: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Act"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RallyView"];
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
    getRally: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rally: string;
            };
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
                    "application/json": components["schemas"]["RallyView"];
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
    joinRally: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rally: string;
            };
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
                    "application/json": components["schemas"]["RallyView"];
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
    claimRally: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rally: string;
            };
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
                    "application/json": components["schemas"]["Claimed"];
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
    getDuelStakes: {
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
                    "application/json": components["schemas"]["StakesView"];
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
    offerDuel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfferRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuelView"];
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
    getDuel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                duel: string;
            };
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
                    "application/json": components["schemas"]["DuelView"];
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
    acceptDuel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                duel: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuelView"];
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
    declineDuel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                duel: string;
            };
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
                    "application/json": components["schemas"]["DuelView"];
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
    getNotifications: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["NotificationsPage"];
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
    readNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadUpTo"];
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
    getNotificationSettings: {
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
                    "application/json": components["schemas"]["NotificationSettings"];
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
    changeNotificationSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsChanges"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationSettings"];
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
    getLiveTicket: {
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
                    "application/json": components["schemas"]["LiveTicket"];
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
    readRoom: {
        parameters: {
            query?: {
                epoch?: string;
                after?: string;
            };
            header?: never;
            path: {
                room: string;
            };
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
                    "application/json": components["schemas"]["RoomView"];
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
    sayInRoom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SayRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SaidView"];
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
    reportMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportRequest"];
            };
        };
        responses: {
            /** @description Success */
            204: {
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
    getAsyncapi: {
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
            /** @description The request does not match this description */
            400: {
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
    getMyCards: {
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
                    "application/json": components["schemas"]["MyCards"];
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
    getCardPicture: {
        parameters: {
            query?: {
                card?: string;
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
                    "image/jpeg": unknown;
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
            /** @description The request does not match this description */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
}
