"""What several suites use: real servers on free ports, and signed players."""
