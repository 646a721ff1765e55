-- Each statement may run again: a process that is killed between two begins anew.
ALTER TABLE account ADD COLUMN IF NOT EXISTS role VARCHAR(8) DEFAULT 'member' NOT NULL;
CREATE TABLE IF NOT EXISTS setting (
  name VARCHAR(64) PRIMARY KEY,
  content VARCHAR(1000) NOT NULL
);
CREATE TABLE IF NOT EXISTS setup (
  token_hash VARBINARY(32) PRIMARY KEY,
  expires TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE TABLE IF NOT EXISTS access_token (
  id VARCHAR(16) PRIMARY KEY,
  name VARCHAR(64) NOT NULL,
  token_hash VARBINARY(32) NOT NULL UNIQUE,
  may_change BOOLEAN NOT NULL,
  created TIMESTAMP WITH TIME ZONE NOT NULL
);
