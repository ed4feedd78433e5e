"""`python -m tapstack.cli`."""

from tapstack.cli import main

if __name__ == "__main__":
    main()
