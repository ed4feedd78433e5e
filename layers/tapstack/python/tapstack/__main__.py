"""`python -m tapstack`: the operator's command line."""

from tapstack.cli import main

if __name__ == "__main__":
    main()
