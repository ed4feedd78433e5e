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

# AWS. Needs AWS credentials, `sam` (SAM=...) and python3.13 on PATH.

SAM ?= sam
STAGE ?=
REGION ?= $(or $(AWS_REGION),$(AWS_DEFAULT_REGION))

.PHONY: deploy cost

deploy: ## deploy to AWS: make deploy STAGE=prod REGION=eu-central-1 (docs/aws.md)
	@command -v $(SAM) >/dev/null || { echo "error: no $(SAM): pipx install aws-sam-cli, or SAM=/path/to/sam"; exit 1; }
	@$(CLOUD) -m cloud.aws check "$(STAGE)" "$(REGION)"
	$(SAM) validate --lint --region $(REGION)
	$(SAM) build
	$(SAM) deploy --stack-name tapstack-$(STAGE) --region $(REGION) --resolve-s3 --no-fail-on-empty-changeset \
		--capabilities CAPABILITY_IAM --parameter-overrides Stage=$(STAGE) $(PARAMETERS)
	VITE_API_BASE=/v1 $(CLOUD) -m faas npm build
	@$(CLOUD) -m cloud.aws publish "$(STAGE)" "$(REGION)"

cost: ## compute docs/cost.md anew
	@$(CLOUD) docs/cost.py > docs/cost.md.tmp && mv docs/cost.md.tmp docs/cost.md
