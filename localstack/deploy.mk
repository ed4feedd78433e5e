# Included by the Makefile: deployments to LocalStack, MiniStack and AWS.

CLOUD = PYTHONPATH=localstack:infra:layers/tapstack/python $(VENV)/bin/python
READY = $(VENV)/.local $(MINISTACK)/.done

.PHONY: localstack localstack-stop deploy-local check-local destroy-local artifacts test-localstack

localstack: $(READY)  ## Starts real LocalStack without Docker (needs Python 3.13)
	@$(CLOUD) -m tapstack_localstack start

localstack-stop:  ## Stops LocalStack
	@$(CLOUD) -m tapstack_localstack stop

deploy-local: $(READY)  ## Deploys to LocalStack or MiniStack, then plays a round
	@$(CLOUD) -m tapstack_localstack deploy

check-local:  ## Plays a round on the local deployment
	@$(CLOUD) -m tapstack_localstack check

destroy-local:  ## Deletes the local deployment and its tables
	@$(CLOUD) -m tapstack_localstack destroy

artifacts: $(READY)  ## Builds the archives that a deployment uploads, and prints their sizes
	@$(CLOUD) -m tapstack_build

test-localstack: setup  ## Runs the end-to-end suite against real LocalStack
	@TAPSTACK_TARGET=localstack $(VENV)/bin/python -m pytest tests/e2e/game

# AWS. Needs AWS credentials, `sam` and python3.13 on PATH: docs/aws.md.

SAM ?= $(or $(wildcard .venv-sam/bin/sam),sam)
STAGE ?=
REGION ?= $(or $(AWS_REGION),$(AWS_DEFAULT_REGION))

.PHONY: deploy cost lint-aws

deploy: $(READY)  ## Deploys to AWS: make deploy STAGE=prod REGION=eu-central-1
	@command -v $(SAM) >/dev/null || { echo "error: no $(SAM): pipx install aws-sam-cli, or SAM=/path/to/sam"; exit 1; }
	@$(CLOUD) -m tapstack_aws check "$(STAGE)" "$(REGION)"
	$(SAM) validate --lint --region $(REGION)
	$(SAM) build
	version=$$($(CLOUD) -m tapstack_aws version "$(STAGE)" "$(REGION)") && \
	$(SAM) deploy --stack-name tapstack-$(STAGE) --region $(REGION) --resolve-s3 --no-fail-on-empty-changeset \
		--capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --parameter-overrides Stage=$(STAGE) SecretsVersion=$$version $(PARAMETERS)
	VITE_API_BASE=/v1 $(CLOUD) -m tapstack_local npm build
	@$(CLOUD) -m tapstack_aws publish "$(STAGE)" "$(REGION)"

cost: setup  ## Regenerates docs/cost.md
	@$(CLOUD) docs/cost.py > docs/cost.md.tmp && mv docs/cost.md.tmp docs/cost.md

lint-aws: .venv-sam/bin/sam .venv-checkov/bin/checkov  ## Checks the templates with sam and checkov
	SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1 .venv-sam/bin/sam validate --lint
	.venv-checkov/bin/checkov --config-file .checkov.yaml --file template.yaml infra/*.yaml --skip-download

.venv-sam/bin/sam:
	$(PYTHON) -m venv .venv-sam && .venv-sam/bin/python -m pip install --quiet aws-sam-cli==1.170.0

.venv-checkov/bin/checkov:
	$(PYTHON) -m venv .venv-checkov && .venv-checkov/bin/python -m pip install --quiet checkov==3.3.30
