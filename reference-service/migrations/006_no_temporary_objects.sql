-- Nobody but the owner makes temporary objects. A temporary table is found before every other of its name, and lasts as long
-- as its connection: one that a request leaves behind on a pooled connection would take the place of `orders` for the requests
-- after it, whosoever they are, and no policy is on it.

-- Up Migration
do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;

-- Down Migration
do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$;
