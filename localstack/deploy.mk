# Included by the Makefile. The game on LocalStack, MiniStack and AWS.

CLOUD_PYTHON ?= .venv/bin/python
CLOUD = PYTHONPATH=localstack:layers/tapstack/python $(CLOUD_PYTHON)

.PHONY: localstack localstack-stop deploy-local check-local destroy-local artifacts test-localstack

localstack: ## real LocalStack on this machine, without Docker (Python 3.12 or 3.13)
	@$(CLOUD) -m host start

localstack-stop: ## stop it
	@$(CLOUD) -m host stop

deploy-local: ## deploy template.yaml to LocalStack or MiniStack, then play
	@$(CLOUD) -m cloud deploy

check-local: ## play at what is deployed
	@$(CLOUD) -m cloud check

destroy-local: ## delete it, with its tables
	@$(CLOUD) -m cloud destroy

artifacts: ## build the archives as they go to AWS, and print their sizes
	@$(CLOUD) -m cloud build

test-localstack: ## the game's end-to-end suite at real LocalStack
	@TAPSTACK_TARGET=localstack $(CLOUD_PYTHON) -m pytest tests/e2e/game
