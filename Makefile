# The only commands a newcomer needs. Each does its own set-up; the work is in .make/.
.DEFAULT_GOAL := help
.PHONY: help run test dev pictures federation release bench compare soak fuzz setup fmt

help: ## print this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build everything, then serve the app and a local ProConnect
	@exec .make/run

test: ## check formatting, lints, documentation and supply chain, then run every test
	@exec .make/test

dev: ## serve the app with live reload, for work on the user interface
	@exec .make/dev

pictures: ## take the pictures that the tests compare with, and those of the README, anew
	@exec .make/pictures

federation: ## serve the local ProConnect alone, for services in any language
	@exec .make/federation

release: ## build the service as one file, with the interface inside and without the local ProConnect
	@exec .make/release

bench: ## measure the service and the local ProConnect: requests per second, latencies, memory
	@exec .make/bench

compare: ## measure first visits beside a page made with react-dsfr, and ask Lighthouse
	@exec .make/compare

soak: ## use the service for half an hour while its store and its provider are restarted
	@exec .make/soak

fuzz: ## run the fuzz targets, a minute each
	@exec .make/fuzz

setup: ## install what building and testing needs, and nothing that is there already
	@exec .make/setup test

fmt: ## format all code
	@exec cargo fmt --all
