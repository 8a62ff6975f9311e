"""Rules of training, without database nor clock."""
