%% What the handler table holds. Included by the modules of this application only.

-record(handler, {
    id :: term(),
    event :: pulse:event() | '_' | '$1',
    function :: pulse:handler() | '_',
    config :: term()
}).

-define(TABLE, pulse_table).
-define(NOW(), erlang:monotonic_time()).
