-- Each statement may run again: a process that is killed between two begins anew.
CREATE TABLE IF NOT EXISTS account (
  name VARCHAR(64) PRIMARY KEY,
  created TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE TABLE IF NOT EXISTS verifier (
  account VARCHAR(64) NOT NULL REFERENCES account (name) ON DELETE CASCADE,
  mechanism VARCHAR(16) NOT NULL,
  salt VARBINARY(64) NOT NULL,
  iterations INT NOT NULL,
  stored_key VARBINARY(64) NOT NULL,
  server_key VARBINARY(64) NOT NULL,
  PRIMARY KEY (account, mechanism)
);
