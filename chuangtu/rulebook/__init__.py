"""What an official may change without a programmer: codes and real facts, each with its source."""
