"""The embedded runtime: runs template.yaml on one machine, without Docker. `python -m tapstack_local up`

    supervisor          starts, watches, reloads and stops everything
      backing_services  Redis and MiniStack (emulator/); telegram: the local Telegram
      aws_resources     the template's tables and queues, created if missing
      miniapp           the Mini App's build
      generation        one version of the code, as two processes that invoke through functions/:
        gateway/          HTTP: workers, http_server, event_loop, application (API Gateway), routes, proxy, static
        events/           queues and schedules
      watch             notices edits, which start the next generation
    settings            .env (env_file) and the environment; local_secrets, and the functions' environment
    template/           template.yaml: source, expansion, and extraction into the model
    processes/          child processes, their ports, and leftovers of a killed run

Public helpers: init_data signs launch data of test players, testing runs a game for tests.

Imports point one way: errors <- processes, template <- settings, functions <- gateway, events <- generation
<- supervisor.
"""
