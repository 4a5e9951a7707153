pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk

// A reservation that cannot be checked in here and now: why, which one, and what can be done.
ScreenLayout {
    id: root

    required property KioskViewModel kiosk
    required property string icon
    property bool withHall: false

    picture: Item {
        Badge {
            anchors.centerIn: parent
            icon: root.icon
            within: parent
            tone: Theme.warning
            ground: Theme.warningSoft
        }
    }

    ReservationCard {
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.portrait ? Theme.gap : 0
        visible: root.kiosk.hasReservation
        kiosk: root.kiosk
        withHall: root.withHall
    }
}
